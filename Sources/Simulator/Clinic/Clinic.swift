/// What the host page shows: one worker's patients and inbox. Every person in it is made up.
package struct Clinic: Sendable {
    /// A member of the care team.
    package struct Worker: Sendable, Equatable {
        package let id: String
        package let givenName: String
        package let familyName: String
        package let role: String
        /// The signature under notes, if not the name.
        var signature: String?

        package var name: String { "\(givenName) \(familyName)" }
        /// The role's name in the Data API: `care_manager` for `Care manager, RN`.
        var roleID: String {
            role.prefix { $0 != "," }.lowercased().split(separator: " ").joined(separator: "_")
        }
        /// The author of this worker's notes.
        package var author: String { signature ?? name }
    }

    /// A message in the inbox.
    package struct Message: Sendable, Equatable {
        /// The patient that it is from or about.
        package let patientID: String
        /// The channel that it came by.
        package let channel: Channel
        package let time: String
        package let text: String
        package let isUnread: Bool
    }

    /// The channel of a message.
    package enum Channel: String, Sendable {
        case sms = "SMS"
        case call = "Missed call"
        case app = "App message"
        case task = "Task"
    }

    /// The default provider (Welkin environment) of the demo.
    package static let demoProviderID = "5d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4"

    /// The logged-in worker.
    package var worker: Worker
    /// The other members of the care team.
    package let colleagues: [Worker]
    package let patients: [Patient]
    package let inbox: [Message]

    /// The patient with that id, in upper or lower case.
    package func patient(_ id: String) -> Patient? {
        let id = id.lowercased()
        return patients.first { $0.id == id }
    }

    /// The whole care team.
    package var team: [Worker] { [worker] + colleagues }

    /// The worker with that id, in upper or lower case.
    package func worker(_ id: String) -> Worker? {
        team.first { $0.id.lowercased() == id.lowercased() }
    }

    /// The number of unread messages.
    package var unread: Int { inbox.count(where: \.isUnread) }

    /// The demo clinic, optionally with another id for the worker.
    package static func demo(workerID: String? = nil) -> Clinic {
        Clinic(
            worker: Worker(
                id: workerID ?? "c2f1a6b0-7d3e-4b58-9f0a-61e4d87b2c35",
                givenName: "Nora", familyName: "Lindqvist", role: "Care manager, RN"),
            colleagues: DemoTeam.colleagues, patients: DemoPatients.all, inbox: DemoInbox.all)
    }
}
