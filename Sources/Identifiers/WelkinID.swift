/// An id whose type says whose it is, so that a worker's id in place of a patient's does not compile.
package protocol WelkinID: Sendable, Hashable {
    /// The untyped id.
    var identifier: Identifier { get }

    /// Declares an id to be of this kind.
    init(_ identifier: Identifier)
}

extension WelkinID {
    /// Nil unless the text is an ``Identifier``.
    package init?(_ text: String) {
        guard let identifier = Identifier(text) else { return nil }
        self.init(identifier)
    }

    /// The characters as given.
    package var text: String { identifier.text }

    /// The same text for every spelling of the id.
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

/// A client: the registration of an App with Welkin.
package struct ClientID: WelkinID {
    package let identifier: Identifier

    package init(_ identifier: Identifier) { self.identifier = identifier }
}
