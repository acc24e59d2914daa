/// An id whose type says whose it is, so that a worker's id where a patient's belongs does not compile.
package protocol WelkinID: Sendable, Hashable {
    /// The id as such.
    var identifier: Identifier { get }

    /// Takes an id for one of this kind.
    init(_ identifier: Identifier)
}

extension WelkinID {
    /// Nil unless the text is an ``Identifier``.
    package init?(_ text: String) {
        guard let identifier = Identifier(text) else { return nil }
        self.init(identifier)
    }

    /// The characters, as they were given.
    package var text: String { identifier.text }

    /// The same text for every way of writing the id.
    package var folded: String { identifier.folded }
}

/// A worker: the nurse or coach who is signed in to Welkin.
package struct WorkerID: WelkinID {
    package let identifier: Identifier

    package init(_ identifier: Identifier) { self.identifier = identifier }
}

/// A patient.
package struct PatientID: WelkinID {
    package let identifier: Identifier

    package init(_ identifier: Identifier) { self.identifier = identifier }
}

/// A provider: one Welkin environment.
package struct ProviderID: WelkinID {
    package let identifier: Identifier

    package init(_ identifier: Identifier) { self.identifier = identifier }
}

/// A client of Welkin's, as which an App is registered.
package struct ClientID: WelkinID {
    package let identifier: Identifier

    package init(_ identifier: Identifier) { self.identifier = identifier }
}
