/// A whole page of the host: what is common to all of them around the part that differs.
package struct HostPage: Sendable {
    /// An entry of the side navigation.
    enum Section: Sendable {
        case patients, inbox
    }

    /// Where the worker is, in the words of the Apps API's `current_state`.
    struct Place: Sendable {
        /// `parent_page_type`.
        let type: String
        /// `parent_page_id`.
        let id: String?

        static let search = Place(type: "search", id: nil)
        static let inbox = Place(type: "inbox", id: nil)

        static func patient(_ patient: Patient) -> Place {
            Place(type: "patient", id: patient.id)
        }
    }

    let title: String
    let section: Section?
    let place: Place
    let main: HTML

    /// The document. `appOrigin` is for the script, which tells the App's messages from others by it.
    package func document(clinic: Clinic, appOrigin: String) -> HTML {
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
        <script type="module" src="/assets/host.js"></script>
        </head>
        <body data-app-origin="\(appOrigin)">
        \(navigation(clinic))
        <main tabindex="-1" data-page-type="\(place.type)"\(pageID)>
        \(main)
        </main>
        \(Self.panel)
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
        <a class="brand" href="/patients">\(Icon.sign)<span>Harborlight<small>Welkin simulator</small></span></a>
        <ul>
        <li>\(link("Patients", to: "/patients", Icon.patients, in: .patients))</li>
        <li>\(link("Inbox", to: "/inbox", Icon.inbox, in: .inbox, count: clinic.unread))</li>
        </ul>
        <p class="made-up">Everyone here is made up.</p>
        <div class="worker" title="\(clinic.worker.name)">
        <span class="avatar">\(clinic.worker.initials)</span>
        <span>\(clinic.worker.name)<small>\(clinic.worker.role)</small></span>
        </div>
        </div>
        </nav>
        """
    }

    private func link(
        _ text: String, to path: String, _ icon: HTML, in section: Section, count: Int = 0
    ) -> HTML {
        let current: HTML = section == self.section ? " aria-current=\"page\"" : ""
        let badge: HTML =
            count == 0
            ? "" : "<span class=\"badge\">\(count)<span class=\"unseen\"> unread</span></span>"
        return """
            <a href="\(path)" title="\(text)"\(current)>\(icon)<span class="label">\(text)</span>\(badge)</a>
            """
    }

    /// The place for the App, hidden until one is launched. The template is how the script learns
    /// the iframe's attributes, so that they are written down once.
    private static let panel: HTML = """
        <aside class="panel" id="app-panel" aria-label="App" hidden>
        <header>
        <h2>App</h2>
        <p id="app-status" role="status"></p>
        <button type="button" id="toggle-app" class="quiet" aria-label="Minimize the App" aria-expanded="true">\(Icon.minimize)\(Icon.expand)</button>
        <button type="button" id="close-app" class="quiet" aria-label="Close the App">\(Icon.close)</button>
        </header>
        <div class="stage"><div id="app-slot"></div><div class="spinner"></div></div>
        </aside>
        <template id="app-frame-template">\(AppFrame.element)</template>
        """
}

extension Clinic.Worker {
    /// The first letters of the name's parts.
    var initials: String { name.split(separator: " ").compactMap(\.first).map(String.init).joined() }
}
