/// A made-up patient of the made-up clinic.
package struct Patient: Sendable, Equatable {
    /// One of a patient's telephone numbers.
    package struct PhoneNumber: Sendable, Equatable {
        package let kind: String
        /// In one of the ranges that are kept free for fiction (555-0100 to 555-0199).
        package let number: String
    }

    /// The care program that the patient is in.
    package struct CareProgram: Sendable, Equatable {
        package let name: String
        package let phase: String
        /// Steps that are done, of ``steps``.
        package let done: Int
        package let steps: Int
    }

    /// What somebody of the care team wrote down.
    package struct Note: Sendable, Equatable {
        package let author: String
        package let day: String
        package let text: String
    }

    /// A GUID, the same in every run.
    package let id: String
    package let givenName: String
    package let familyName: String
    package let birthDate: String
    package let city: String
    package let phoneNumbers: [PhoneNumber]
    package let program: CareProgram
    package let nextStep: String
    package let notes: [Note]

    package var name: String { "\(givenName) \(familyName)" }
    package var initials: String { "\(givenName.prefix(1))\(familyName.prefix(1))" }
}
