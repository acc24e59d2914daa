import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

@Suite("The host page")
struct HostRoutesTests {
    private static let clinic = Clinic.demo()

    private func test(
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let settings = HostSettings(
            appURL: try AppURL("https://app.example:8443/launch"), clientID: "client-1",
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

    @Test("has the iframe with exactly Welkin's attributes", arguments: ["/patients", "/inbox"])
    func frame(path: String) async throws {
        try await test { client in
            let page = Self.text(try await client.execute(uri: path, method: .get))
            #expect(
                page.contains(
                    #"""
                    <template id="app-frame-template"><iframe id="app-frame" name="app-frame" title="App" width="750" sandbox="allow-scripts allow-same-origin allow-forms allow-popups" allow="camera; microphone"></iframe></template>
                    """#))
        }
    }

    @Test(
        "answers 404 with a page for what there is not",
        arguments: ["/patients/00000000-0000-4000-8000-000000000000", "/nothing", "/assets/nothing.js"])
    func unknown(path: String) async throws {
        try await test { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .notFound)
            #expect(Self.text(response).contains("There is no such page"))
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

    @Test("has no inline script or style, which its policy would stop", arguments: ["/patients", "/inbox"])
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
            #expect(
                types == [
                    "/assets/icon.svg": "image/svg+xml", "/assets/host.css": "text/css; charset=utf-8",
                    "/assets/host.js": "text/javascript; charset=utf-8",
                    "/assets/app-panel.js": "text/javascript; charset=utf-8",
                    "/assets/bridge.js": "text/javascript; charset=utf-8",
                    "/assets/navigation.js": "text/javascript; charset=utf-8",
                ])
        }
    }
}
