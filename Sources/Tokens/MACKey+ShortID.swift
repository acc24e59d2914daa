import Platform

extension MACKey {
    /// Eight hexadecimal digits that represent the key where it must not be seen.
    ///
    /// - Parameter label: the kind of key.
    package func shortID(_ label: String) -> String { Hexadecimal.text(derive(label).prefix(4)) }
}

extension Secret {
    /// The kind of key of a secret that Welkin issued.
    package static let idLabel = "welkin secret id"

    /// Eight hexadecimal digits that distinguish secrets in metrics and logs and reveal nothing.
    package var shortID: String { MACKey(self).shortID(Self.idLabel) }
}
