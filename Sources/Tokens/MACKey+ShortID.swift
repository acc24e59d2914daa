import Platform

extension MACKey {
    /// Eight hexadecimal digits that stand for the key where it must not be seen.
    ///
    /// - Parameter label: what kind of key it is.
    package func shortID(_ label: String) -> String { Hexadecimal.text(derive(label).prefix(4)) }
}

extension Secret {
    /// What kind of key a secret is that Welkin issued.
    package static let idLabel = "welkin secret id"

    /// Eight hexadecimal digits that tell secrets apart in metrics and logs and reveal nothing.
    package var shortID: String { MACKey(self).shortID(Self.idLabel) }
}
