extension HostPage {
    /// The administrator's view: the App as Welkin knows it, and the care team.
    package static func admin(_ settings: HostSettings) -> HostPage {
        HostPage(
            title: "Administration", section: .admin, place: .admin,
            main: """
                <header class="page"><h1>Administration</h1></header>
                <div class="cards">
                <section class="card">
                <h2>App</h2>
                <dl>
                <dt>App URL</dt><dd class="id">\(settings.appURL.text)</dd>
                <dt>Client id</dt><dd class="id">\(settings.clientID)</dd>
                <dt>Environment (provider id)</dt><dd class="id">\(settings.providerID)</dd>
                <dt>Opened</dt><dd>\(settings.launchesPersistent ? "on a patient, and on every page" : "on a patient")</dd>
                </dl>
                </section>
                <section class="card">
                <h2>Care team</h2>
                <ul class="people">\(settings.clinic.team.map(teamMember))</ul>
                </section>
                </div>
                """)
    }

    private static func teamMember(_ worker: Clinic.Worker) -> HTML {
        """
        <li><a href="/workers/\(worker.id)"><span class="avatar">\(worker.initials)</span><span>\(worker.name)<small>\(worker.role)</small></span></a></li>
        """
    }
}
