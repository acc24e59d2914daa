/// A made-up patient of the made-up clinic.
package struct Patient: Sendable, Equatable {
    /// One of a patient's telephone numbers.
    package struct PhoneNumber: Sendable, Equatable {
        package let kind: String
        /// In the range reserved for fiction (555-0100 to 555-0199).
        package let number: String

        /// A GUID, the same in every run: no two patients share a number.
        package var id: String { DemoID.guid("phone number", number) }
        /// `+1` and ten digits (ITU-T E.164).
        package var e164: String { "+1" + number.filter(\.isNumber) }
        /// `cell`, `landline` or `other`.
        package var type: String {
            switch kind {
            case "Mobile": "cell"
            case "Home", "Work": "landline"
            default: "other"
            }
        }
        /// Nil if the type says enough.
        package var friendlyName: String? { type == "cell" ? nil : kind }
    }

    /// The patient's care program.
    package struct CareProgram: Sendable, Equatable {
        package let name: String
        package let phase: String
        /// Completed steps, of ``steps``.
        package let done: Int
        package let steps: Int
    }

    /// A note by a member of the care team.
    package struct Note: Sendable, Equatable {
        package let author: String
        package let daysAgo: Int
        package let text: String

        package var day: String {
            switch daysAgo {
            case 0: "Today"
            case 1: "Yesterday"
            case 2..<14: "\(daysAgo) days ago"
            default: "\(daysAgo / 7) weeks ago"
            }
        }
    }

    /// A GUID, the same in every run.
    package let id: String
    package let givenName: String
    package let familyName: String
    /// `YYYY-MM-DD`.
    package let birthday: String
    package let city: String
    package let phoneNumbers: [PhoneNumber]
    package let program: CareProgram
    package let nextStep: String
    package var notes: [Note]

    package var name: String { "\(givenName) \(familyName)" }
    /// The GUIDs of ``notes``, the same in every run: an older note keeps its own when a newer one comes.
    package var noteIDs: [String] {
        notes.indices.map { DemoID.guid("note", id, String(notes.count - $0)) }
    }
    /// For people.
    package var birthDate: String {
        let parts = birthday.split(separator: "-").compactMap { Int($0) }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }
    package var initials: String { "\(givenName.prefix(1))\(familyName.prefix(1))" }
}
