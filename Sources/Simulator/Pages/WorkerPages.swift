extension HostPage {
    /// A member of the care team, as others see them.
    package static func worker(_ worker: Clinic.Worker, clinic: Clinic) -> HostPage {
        HostPage(
            title: worker.name, section: nil, place: .workerProfile(worker),
            main: """
                <a class="back" href="/admin">\(Icon.back)Care team</a>
                \(heading(worker))
                <div class="cards">
                \(patients(of: worker, clinic))
                \(identity(worker))
                </div>
                """)
    }

    /// The logged-in worker's profile.
    package static func profile(_ settings: HostSettings) -> HostPage {
        let worker = settings.clinic.worker
        return HostPage(
            title: "Your profile", section: .profile, place: .profile(worker),
            main: """
                \(heading(worker))
                <div class="cards">
                \(patients(of: worker, settings.clinic))
                \(identity(worker))
                </div>
                """)
    }

    private static func heading(_ worker: Clinic.Worker) -> HTML {
        """
        <header class="page patient">
        <span class="avatar large">\(worker.initials)</span>
        <div><h1>\(worker.name)</h1><p>\(worker.role)</p></div>
        </header>
        """
    }

    /// The patients whom the worker has written notes about.
    private static func patients(of worker: Clinic.Worker, _ clinic: Clinic) -> HTML {
        let known = clinic.patients.filter { $0.notes.contains { $0.author == worker.author } }
        let links: [HTML] = known.map {
            "<li><a href=\"/patients/\($0.id)\"><span class=\"avatar\">\($0.initials)</span>\($0.name)</a></li>"
        }
        return """
            <section class="card">
            <h2>Notes about</h2>
            <ul class="people">\(links)</ul>
            </section>
            """
    }

    private static func identity(_ worker: Clinic.Worker) -> HTML {
        """
        <section class="card">
        <h2>Worker id</h2>
        <p class="id">\(worker.id)</p>
        </section>
        """
    }
}
