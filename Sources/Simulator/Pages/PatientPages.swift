extension HostPage {
    /// The list of the worker's patients.
    package static func patients(_ clinic: Clinic) -> HostPage {
        HostPage(
            title: "Patients", section: .patients, place: .search,
            main: """
                <header class="page"><h1>Patients</h1><p>\(clinic.patients.count) in your care</p></header>
                <table class="patients">
                <thead><tr><th scope="col">Name</th><th scope="col" class="wide">Birth date</th>\
                <th scope="col">Care program</th><th scope="col" class="medium">Next step</th></tr></thead>
                <tbody>
                \(clinic.patients.map(row))
                </tbody>
                </table>
                """)
    }

    private static func row(_ patient: Patient) -> HTML {
        """
        <tr>
        <th scope="row"><a href="/patients/\(patient.id)"><span class="avatar">\(patient.initials)</span>\(patient.name)</a></th>
        <td class="wide">\(patient.birthDate)</td>
        <td>\(patient.program.name)<small>\(patient.program.phase)</small></td>
        <td class="medium">\(patient.nextStep)</td>
        </tr>

        """
    }

    /// One patient. An App launched here is a patient action and gets the patient's id.
    package static func patient(_ patient: Patient, clinic: Clinic) -> HostPage {
        HostPage(
            title: patient.name, section: .patients, place: .patient(patient),
            main: """
                <a class="back" href="/patients">\(Icon.back)Patients</a>
                <header class="page patient">
                <span class="avatar large">\(patient.initials)</span>
                <div><h1>\(patient.name)</h1><p>Born \(patient.birthDate) · \(patient.city)</p></div>
                \(launchButton(patient: patient.id))
                </header>
                <div class="cards">
                \(program(patient))
                \(contact(patient))
                \(notes(patient, clinic))
                </div>
                """)
    }

    private static func program(_ patient: Patient) -> HTML {
        let program = patient.program
        return """
            <section class="card">
            <h2>Care program</h2>
            <p class="strong">\(program.name)</p>
            <p class="dim">\(program.phase)</p>
            <progress value="\(program.done)" max="\(program.steps)" aria-label="Steps done"></progress>
            <p class="dim">\(program.done) of \(program.steps) steps</p>
            <p class="next"><span class="dim">Next</span> \(patient.nextStep)</p>
            </section>
            """
    }

    private static func contact(_ patient: Patient) -> HTML {
        let numbers: [HTML] = patient.phoneNumbers.map {
            "<li>\(Icon.phone)<span class=\"number\">\($0.number)</span><span class=\"dim\">\($0.kind)</span></li>"
        }
        return """
            <section class="card">
            <h2>Phone numbers</h2>
            <ul class="phones">\(numbers)</ul>
            <h2>Patient id</h2>
            <p class="id">\(patient.id)</p>
            </section>
            """
    }

    private static func notes(_ patient: Patient, _ clinic: Clinic) -> HTML {
        let notes: [HTML] = patient.notes.map {
            """
            <li><p class="dim">\(author($0, clinic)) · \($0.day)</p><p>\($0.text)</p></li>
            """
        }
        let none: HTML = "<p class=\"dim\">No notes yet.</p>"
        return """
            <section class="card notes">
            <h2>Notes</h2>
            \(notes.isEmpty ? none : "<ul>\(notes)</ul>")
            </section>
            """
    }

    /// A note's author, linked to the profile if the author is still on the team.
    private static func author(_ note: Patient.Note, _ clinic: Clinic) -> HTML {
        guard let worker = clinic.team.first(where: { $0.author == note.author }) else {
            return "<span class=\"strong\">\(note.author)</span>"
        }
        return "<a class=\"strong\" href=\"/workers/\(worker.id)\">\(note.author)</a>"
    }

    /// The button that launches the App, with or without a patient.
    static func launchButton(patient: String?) -> HTML {
        let data: HTML = patient.map { " data-patient=\"\($0)\"" } ?? ""
        return """
            <button type="button" id="launch-app" class="primary"\(data)>\(Icon.launch)Launch App</button>
            """
    }
}
