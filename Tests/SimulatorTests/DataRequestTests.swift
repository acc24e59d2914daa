import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

@Suite("A data request")
struct DataRequestTests {
    private static let path = "/a/main/\(DataClinic.launch)/data/calls/await"
    private static let body = #"{"after":null}"#
    private static let headers = DataClinic.headers(patient: nil)

    @Test("is answered under the App URL's folder too", arguments: ["", "/clinic", "/a/b/data"])
    func folder(folder: String) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.post(folder + Self.path, Self.body, Self.headers)
            #expect(reply.status == 200)
        }
    }

    @Test(
        "is for a route that there is",
        arguments: [
            "/", "/data/calls/await", "/a/main/\(DataClinic.launch)/api/calls/await", "\(path)/", "\(path)/x",
            "/a/main/\(DataClinic.launch)/data/", "/a/main/\(DataClinic.launch)/data/calls",
        ])
    func unknownRoute(path: String) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.post(path, "{}", Self.headers)
            #expect(reply.status == 404)
            #expect(reply.error == "not_found")
        }
    }

    @Test("is a POST", arguments: [HTTPRequest.Method.get, .put, .delete, .options])
    func method(method: HTTPRequest.Method) async throws {
        try await DataClinic.test { clinic in
            try await clinic.data.execute(uri: Self.path, method: method, headers: Self.headers) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "POST")
            }
        }
    }

    @Test(
        "is nobody's without nginx's headers, and says which is missing",
        arguments: ["X-Welkin-App", "X-Welkin-Launch", "X-Welkin-Worker", "X-Welkin-Provider"])
    func headers(name: String) async throws {
        try await DataClinic.test { clinic in
            let missing = try await clinic.calls { $0[name] = nil }
            #expect(missing.status == 401)
            #expect(missing.error == "unauthorized")
            #expect(missing.json["detail"]?.text.contains(name) == true)
        }
    }

    @Test("is refused with another path than its session's", arguments: ["X-Welkin-App", "X-Welkin-Launch"])
    func otherPath(name: String) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.calls { $0[name] = "other" }
            #expect(reply.status == 401)
        }
    }

    @Test("is refused in another environment's session")
    func provider() async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.calls { $0["X-Welkin-Provider"] = DataClinic.key }
            #expect(reply.status == 403)
            #expect(reply.error == "forbidden")
        }
    }

    @Test(
        "has a JSON body, said to be one",
        arguments: [
            ("application/json", 200),
            ("Application/JSON; charset=utf-8", 200),
            ("text/plain", 415),
            ("application/jsonp", 415),
            (nil, 415),
        ])
    func type(type: String?, status: Int) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.calls { $0[.contentType] = type }
            #expect(reply.status == status)
        }
    }

    @Test(
        "has exactly the members of its route, of the right kind",
        arguments: [
            (#"{"patient":"\#(DataClinic.patients[0].id)"}"#, ""),
            ("", "JSON"),
            ("[]", "object"),
            ("{}", "patient"),
            (#"{"patient":1}"#, "patient"),
            (#"{"patient":"x"}"#, "GUID"),
            (#"{"patient":null}"#, "patient"),
            (#"{"patient":"\#(DataClinic.key)","patient":"\#(DataClinic.key)"}"#, "JSON"),
            (#"{"patient":"\#(DataClinic.key)","ptaient":1}"#, "ptaient"),
        ])
    func body(body: String, named: String) async throws {
        try await DataClinic.test { clinic in
            let path = "/a/main/\(DataClinic.launch)/data/calls/placed"
            let reply = try await clinic.post(path, body, Self.headers)
            #expect(reply.status == (named.isEmpty ? 200 : 400))
            if !named.isEmpty {
                #expect(reply.error == "bad_request")
                #expect(reply.json["detail"]?.text.contains(named) == true)
            }
        }
    }

    @Test("has 64 KiB at most", arguments: [(65_536, 200), (65_537, 413)])
    func size(size: Int, status: Int) async throws {
        try await DataClinic.test { clinic in
            let body = Self.body + String(repeating: " ", count: size - Self.body.utf8.count)
            let reply = try await clinic.post(Self.path, body, Self.headers)
            #expect(reply.status == status)
        }
    }

    @Test("that is refused has the reference of nginx's log")
    func reference() async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("nothing") { $0["X-Request-Id"] = "1a2b-3c4d" }
            #expect(reply.json["id"] == "1a2b-3c4d")
        }
    }

    @Test(
        "is for this machine or the App's host, whom nginx passes on",
        arguments: [
            ("127.0.0.1:9001", 200),
            ("app.localhost:8480", 200),
            ("app.example", 200),
            ("evil.example", 421),
        ])
    func host(host: String, status: Int) async throws {
        let settings = HostSettings(
            appURL: try AppAddress("https://App.example/launch"), clientID: "client-1", secret: Sample.secret)
        let live = LiveClinic(settings.clinic, providerID: settings.providerID, now: { Sample.now })
        try await Application(responder: DataResponder(live, settings: settings)).test(.live) { server in
            try await TestClient.withClient(
                host: "localhost", port: try #require(server.port),
                operation: { client in
                    let request = TestClient.Request(
                        Self.path, method: .post, authority: host, headers: Self.headers,
                        body: ByteBuffer(string: Self.body))
                    let response = try await client.execute(request)
                    #expect(response.status.code == status)
                })
        }
    }
}
