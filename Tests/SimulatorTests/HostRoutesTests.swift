import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

@Suite("The host page")
struct HostRoutesTests {
    private static let clinic = Clinic.demo()
    private static let assets = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Simulator/Assets").path()

    private func test(
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let settings = HostSettings(
            appURL: try AppAddress("https://app.example:8443/launch"), clientID: "client-1",
            secret: Sample.secret, clinic: Self.clinic)
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        try await Application(router: routes.router()).test(.router, body)
    }

    private static func text(_ response: TestResponse) -> String {
        String(buffer: response.body)
    }

    @Test("begins with the patients")
    func start() async throws {
        try await test { client in
            let response = try await client.execute(uri: "/", method: .get)
            #expect(response.status == .seeOther)
            #expect(response.headers[.location] == "/patients")
        }
    }

    @Test("lists every patient, with a link")
    func patients() async throws {
        try await test { client in
            let response = try await client.execute(uri: "/patients", method: .get)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            for patient in Self.clinic.patients {
                #expect(Self.text(response).contains("href=\"/patients/\(patient.id)\""))
                #expect(Self.text(response).contains(patient.name))
            }
        }
    }

    @Test("shows a patient, and launches the App for that patient", arguments: clinic.patients)
    func patient(patient: Patient) async throws {
        try await test { client in
            let response = try await client.execute(uri: "/patients/\(patient.id)", method: .get)
            let page = Self.text(response)
            #expect(response.status == .ok)
            #expect(page.contains(#"data-page-type="patient" data-page-id="\#(patient.id)""#))
            #expect(page.contains(#"id="launch-app" class="primary" data-patient="\#(patient.id)""#))
            #expect(patient.phoneNumbers.allSatisfy { page.contains($0.number) })
            #expect(page.contains(patient.birthDate) && page.contains(patient.program.name))
        }
    }

    @Test("launches the App from the inbox without a patient")
    func inbox() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/inbox", method: .get))
            #expect(page.contains(#"id="launch-app" class="primary">"#))
            #expect(page.contains(#"data-page-type="inbox">"#))
        }
    }

    @Test("has the iframes with exactly Welkin's attributes", arguments: ["/patients", "/inbox"])
    func frame(path: String) async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: path, method: .get))
            for (name, title) in [("app-frame", "App"), ("persistent-frame", "Persistent App")] {
                #expect(
                    page.contains(
                        #"""
                        <template id="\#(name)-template"><iframe id="\#(name)" name="\#(name)" title="\#(title)" width="750" sandbox="allow-scripts allow-same-origin allow-forms allow-popups" allow="camera; microphone"></iframe></template>
                        """#))
            }
        }
    }

    @Test("launches the persistent App by itself only when it was asked to", arguments: [false, true])
    func persistent(isAsked: Bool) async throws {
        var settings = HostSettings(
            appURL: try AppAddress("https://app.example/launch"), clientID: "client-1", secret: Sample.secret)
        settings.launchesPersistent = isAsked
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        try await Application(router: routes.router()).test(.router) { client in
            let page = Self.text(try await client.execute(uri: "/patients", method: .get))
            #expect(page.contains(#"<body data-app-origin="https://app.example" data-persistent>"#) == isAsked)
            #expect(page.contains("<body data-app-origin=\"https://app.example\">") != isAsked)
        }
    }

    @Test("shows the profile of everybody on the care team", arguments: clinic.team)
    func worker(worker: Clinic.Worker) async throws {
        try await test { client in
            let response = try await client.execute(uri: "/workers/\(worker.id)", method: .get)
            let page = Self.text(response)
            #expect(response.status == .ok)
            #expect(page.contains(#"data-page-type="worker_profile" data-page-id="\#(worker.id)""#))
            #expect(page.contains("<h1>\(worker.name)</h1>") && page.contains(worker.role))
            #expect(page.contains(#"href="/patients/"#), "everybody has written about somebody")
        }
    }

    @Test("shows the worker's own profile")
    func profile() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/profile", method: .get))
            #expect(page.contains(#"data-page-type="profile" data-page-id="\#(Self.clinic.worker.id)""#))
        }
    }

    @Test("shows an administrator the App as Welkin has it on file, and no secret")
    func admin() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/admin", method: .get))
            #expect(page.contains(#"data-page-type="admin">"#))
            for text in ["https://app.example:8443/launch", "client-1", Clinic.demoProviderID] {
                #expect(page.contains("<dd class=\"id\">\(text)</dd>"))
            }
            #expect(Self.clinic.team.allSatisfy { page.contains("href=\"/workers/\($0.id)\"") })
            #expect(!page.contains(String(decoding: Sample.secret.bytes, as: UTF8.self)))
        }
    }

    @Test("offers every patient, and somebody unknown, as a caller")
    func callers() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/inbox", method: .get))
            for patient in Self.clinic.patients {
                #expect(page.contains("<option value=\"\(patient.id)\">\(patient.name)</option>"))
            }
            #expect(page.contains("<option value=\"\">Unknown caller</option>"))
        }
    }

    @Test("has a field for every claim of a launch, and says where it goes")
    func launchDialog() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/patients", method: .get))
            for name in Sample.payload.keys {
                #expect(page.contains("data-claim=\"\(name)\"") && page.contains("name=\"without.\(name)\""))
            }
            #expect(page.contains("<code id=\"launch-url\">https://app.example:8443/launch</code>"))
        }
    }

    @Test(
        "answers 404 with a page for what there is not",
        arguments: [
            "/patients/00000000-0000-4000-8000-000000000000", "/workers/00000000-0000-4000-8000-000000000000",
            "/nothing", "/assets/nothing.js",
        ])
    func unknown(path: String) async throws {
        try await test { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .notFound)
            #expect(Self.text(response).contains("Page not found"))
        }
    }

    @Test(
        "lets nothing run or be framed but its own and the App's",
        arguments: ["/patients", "/inbox", "/assets/host.js", "/nothing"])
    func policy(path: String) async throws {
        try await test { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(
                response.headers[.contentSecurityPolicy] == """
                    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                    connect-src 'self'; frame-src https://app.example:8443; \
                    form-action https://app.example:8443; frame-ancestors 'none'; base-uri 'none'
                    """)
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test(
        "has no inline script or style, which its policy would stop",
        arguments: ["/patients", "/inbox", "/profile", "/admin"])
    func nothingInline(path: String) async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: path, method: .get))
            #expect(page.firstMatch(of: /<style|\sstyle=|\son[a-z]+=|<script(?! type="module" src=)/) == nil)
        }
    }

    @Test("has every file that it refers to")
    func assets() async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: "/patients", method: .get))
            var waiting = page.matches(of: /"(\/assets\/[^"]+)"/).map { String($0.1) }
            var types: [String: String] = [:]
            while let path = waiting.popLast() {
                let response = try await client.execute(uri: path, method: .get)
                #expect(response.status == .ok, "\(path)")
                types[path] = response.headers[.contentType]
                let imports = Self.text(response).matches(of: /from '\.\/([^']+)'/)
                waiting += imports.map { "/assets/\($0.1)" }.filter { types[$0] == nil }
            }
            // The impostor's frame names its script in an attribute's text.
            let impostor = try await client.execute(uri: "/assets/impostor.js", method: .get)
            types["/assets/impostor.js"] = impostor.headers[.contentType]
            #expect(page.contains("srcdoc=\"&lt;script src=&quot;/assets/impostor.js&quot;"))

            let kinds = [
                "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
            ]
            let files = try FileManager.default.contentsOfDirectory(atPath: Self.assets)
            let expected = files.map { ("/assets/\($0)", kinds[String($0.split(separator: ".").last ?? "")]) }
            #expect(types == expected.reduce(into: [:]) { $0[$1.0] = $1.1 }, "each is served, and each is used")
        }
    }
}
