/// The demo clinic's inbox, newest first.
enum DemoInbox {
    static let all: [Clinic.Message] = [
        Clinic.Message(
            patientID: DemoPatients.elsa.id, channel: .sms, time: "Today, 08:42",
            text: "My scale says 3 pounds more than on Monday. Should I take the extra water pill?",
            isUnread: true),
        Clinic.Message(
            patientID: DemoPatients.omar.id, channel: .call, time: "Today, 08:17",
            text: "No voicemail. Second call this morning.", isUnread: true),
        Clinic.Message(
            patientID: DemoPatients.ines.id, channel: .app, time: "Today, 07:55",
            text: "Baby slept four hours! I filled in the questionnaire, was that everything?",
            isUnread: true),
        Clinic.Message(
            patientID: DemoPatients.walter.id, channel: .task, time: "Yesterday",
            text: "Peak flow diary is two weeks old: ask for this week’s values.", isUnread: false),
        Clinic.Message(
            patientID: DemoPatients.mei.id, channel: .sms, time: "Yesterday",
            text: "Thank you Nora, the new time on Thursday works for me.", isUnread: false),
        Clinic.Message(
            patientID: DemoPatients.ruth.id, channel: .app, time: "Monday",
            text: "Physio says 90 degrees now. Stairs are still hard in the evening.", isUnread: false),
    ]
}
