/// A page of the host: the frame common to all pages around the part that differs.
package struct HostPage: Sendable {
    /// An entry of the side navigation.
    enum Section: Sendable {
        case patients, inbox, admin, profile
    }

    /// Where the worker is, in terms of the Apps API's `current_state`.
    struct Place: Sendable {
        /// `parent_page_type`.
        let type: String
        /// `parent_page_id`.
        let id: String?

        static let search = Place(type: "search", id: nil)
        static let inbox = Place(type: "inbox", id: nil)
        static let admin = Place(type: "admin", id: nil)

        static func patient(_ patient: Patient) -> Place {
            Place(type: "patient", id: patient.id)
        }

        static func workerProfile(_ worker: Clinic.Worker) -> Place {
            Place(type: "worker_profile", id: worker.id)
        }

        /// The worker's own.
        static func profile(_ worker: Clinic.Worker) -> Place {
            Place(type: "profile", id: worker.id)
        }
    }

    let title: String
    let section: Section?
    let place: Place
    let main: HTML

    /// The document. It contains the App's origin, by which the script recognises the App's messages.
    package func document(settings: HostSettings) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Harborlight</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/host.css">
        <link rel="stylesheet" href="/assets/app-panel.css">
        <link rel="stylesheet" href="/assets/dev-panel.css">
        <link rel="stylesheet" href="/assets/launch-dialog.css">
        <script type="module" src="/assets/host.js"></script>
        </head>
        <body data-app-origin="\(settings.appURL.origin)"\(settings.launchesPersistent ? " data-persistent" : "")>
        \(navigation(settings.clinic))
        <main tabindex="-1" data-page-type="\(place.type)"\(pageID)>
        \(main)
        </main>
        \(AppPanel.app.html)
        \(AppPanel.persistent.html)
        \(DeveloperPanel.html(settings.clinic))
        \(LaunchDialog.html(appURL: settings.appURL))
        </body>
        </html>

        """
    }

    private var pageID: HTML {
        guard let id = place.id else { return "" }
        return " data-page-id=\"\(id)\""
    }

    private func navigation(_ clinic: Clinic) -> HTML {
        """
        <nav class="side" aria-label="Main">
        <div class="side-content">
        <a class="brand" href="/patients" title="Harborlight">\(Icon.sign)<span>Harborlight<small>Welkin simulator</small></span></a>
        <ul>
        <li>\(link("Patients", to: "/patients", Icon.patients, in: .patients))</li>
        <li>\(link("Inbox", to: "/inbox", Icon.inbox, in: .inbox, count: clinic.unread))</li>
        <li>\(link("Admin", to: "/admin", Icon.admin, in: .admin))</li>
        </ul>
        <p class="made-up">Everyone here is made up.</p>
        <a class="worker" href="/profile" title="\(clinic.worker.name)"\(current(.profile))>
        <span class="avatar">\(clinic.worker.initials)</span>
        <span>\(clinic.worker.name)<small>\(clinic.worker.role)</small></span>
        </a>
        </div>
        </nav>
        """
    }

    private func link(
        _ text: String, to path: String, _ icon: HTML, in section: Section, count: Int = 0
    ) -> HTML {
        let badge: HTML =
            count == 0
            ? "" : "<span class=\"badge\">\(count)<span class=\"unseen\"> unread</span></span>"
        return """
            <a href="\(path)" title="\(text)"\(current(section))>\(icon)<span class="label">\(text)</span>\(badge)</a>
            """
    }

    private func current(_ section: Section) -> HTML {
        section == self.section ? " aria-current=\"page\"" : ""
    }
}

extension Clinic.Worker {
    /// The first letters of the name's parts.
    var initials: String { name.split(separator: " ").compactMap(\.first).map(String.init).joined() }
}
