extension HostPage {
    /// The worker's inbox. An App launched from here gets no patient.
    package static func inbox(_ clinic: Clinic) -> HostPage {
        HostPage(
            title: "Inbox", section: .inbox, place: .inbox,
            main: """
                <header class="page">
                <div><h1>Inbox</h1><p>\(clinic.unread) unread</p></div>
                \(launchButton(patient: nil))
                </header>
                <ul class="messages">
                \(clinic.inbox.map { message($0, clinic) })
                </ul>
                """)
    }

    private static func message(_ message: Clinic.Message, _ clinic: Clinic) -> HTML {
        guard let patient = clinic.patient(message.patientID) else { return "" }
        let unread: HTML = message.isUnread ? " class=\"unread\"" : ""
        let mark: HTML = message.isUnread ? "<span class=\"unseen\">Unread. </span>" : ""
        return """
            <li\(unread)>
            <span class="avatar">\(patient.initials)</span>
            <div>
            <p class="from"><a href="/patients/\(patient.id)">\(mark)\(patient.name)</a><span class="channel">\(message.channel.rawValue)</span><span class="dim">\(message.time)</span></p>
            <p>\(message.text)</p>
            </div>
            </li>

            """
    }

    /// Replaces a page that cannot be shown.
    package static func problem(_ title: String, _ advice: String) -> HostPage {
        HostPage(
            title: title, section: nil, place: .search,
            main: """
                <header class="page"><div><h1>\(title)</h1><p>\(advice)</p></div></header>
                <p><a href="/patients">Go to your patients</a></p>
                """)
    }
}
