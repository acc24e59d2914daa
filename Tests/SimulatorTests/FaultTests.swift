import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

@Suite("A fault on demand", .timeLimit(.minutes(1)))
struct FaultTests {
    private static let elsa = DataClinic.patients[0]
    private static let note: JSON = [
        "key": .string(DataClinic.key), "patient": .string(elsa.id), "text": "Weight steady.",
    ]

    private static func isStored(_ clinic: DataClinic) async throws -> Bool {
        try await clinic.page(of: elsa).contains("Weight steady.")
    }

    @Test("does nothing and says why", arguments: [("refuse", 422, "refused"), ("unavailable", 503, "unavailable")])
    func refused(mode: String, status: Int, error: String) async throws {
        try await DataClinic.test { clinic in
            #expect(try await clinic.control("/faults", "route=notes&mode=\(mode)&count=1").status == 200)
            let refused = try await clinic.ask("notes", Self.note)
            #expect(refused.status == status)
            #expect(refused.error == .string(error))
            #expect(refused.headers[.retryAfter] == (status == 503 ? "2" : nil))
            #expect(try await Self.isStored(clinic) == false)
            #expect(try await clinic.ask("notes", Self.note).status == 201)
        }
    }

    @Test("accepts a note rather than saves it, and answers the same again")
    func queued() async throws {
        try await DataClinic.test { clinic in
            _ = try await clinic.control("/faults", "route=notes&mode=queue&count=1")
            let queued = try await clinic.ask("notes", Self.note)
            #expect(queued.status == 202)
            #expect(queued.json == ["queued_at": .int(Sample.now)])
            #expect(try await clinic.ask("notes", Self.note).json == queued.json)
        }
    }

    @Test("holds a request until it is let go")
    func slow() async throws {
        try await DataClinic.test { clinic in
            _ = try await clinic.control("/faults", "route=notes&mode=slow")
            #expect(try await Self.faults(clinic) == [Self.fault("slow", held: 0)])
            async let reply = clinic.ask("notes", Self.note)
            try await clinic.until { try await Self.faults(clinic) == [Self.fault("slow", held: 1)] }
            #expect(try await Self.isStored(clinic) == false)
            _ = try await clinic.control("/faults", "route=notes&mode=none")
            #expect(try await reply.status == 201)
            #expect(try await Self.isStored(clinic))
            #expect(try await Self.faults(clinic) == [])
        }
    }

    @Test("that holds a request gives it up when nobody wants its answer any more")
    func slowAndGone() async throws {
        try await DataClinic.test { clinic in
            _ = try await clinic.control("/faults", "route=notes&mode=slow")
            let asked = Task { try await clinic.ask("notes", Self.note) }
            try await clinic.until { try await Self.faults(clinic) == [Self.fault("slow", held: 1)] }
            asked.cancel()
            try await clinic.until { try await Self.faults(clinic) == [Self.fault("slow", held: 0)] }
            #expect(try await Self.isStored(clinic) == false)
        }
    }

    @Test("is of its route alone, until it is taken back")
    func route() async throws {
        try await DataClinic.test { clinic in
            _ = try await clinic.control("/faults", "route=calls/await&mode=unavailable")
            for _ in 0..<3 { #expect(try await clinic.calls().status == 503) }
            #expect(try await clinic.ask("notes", Self.note).status == 201)
            _ = try await clinic.control("/faults", "route=calls/await&mode=none")
            #expect(try await clinic.calls().status == 200)
        }
    }

    @Test(
        "is one that there is",
        arguments: [
            "", "route=nothing&mode=slow", "route=notes&mode=nothing", "route=notes&mode=slow&count=0",
            "route=notes&mode=slow&count=x", "route=calls/place&mode=queue",
        ])
    func unknown(form: String) async throws {
        try await DataClinic.test { clinic in
            let refused = try await clinic.control("/faults", form)
            #expect(refused.status == 400)
            let faults = try await Self.faults(clinic)
            #expect(faults == [])
        }
    }

    @Test("is for the host's own page to ask for")
    func foreignOrigin() async throws {
        try await DataClinic.test { clinic in
            let foreign = try await clinic.control(
                "/faults", "route=notes&mode=slow", headers: [.origin: "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await Self.faults(clinic) == [])
        }
    }

    @Test("needs the data listener, as a call does", arguments: ["/faults", "/ring", "/hang-up"])
    func noData(path: String) async throws {
        let settings = HostSettings(
            appURL: try AppAddress("https://app.example/launch"), clientID: "client-1", secret: Sample.secret)
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        try await Application(router: routes.router()).test(.router) { client in
            let reply = DataReply(try await client.execute(uri: path, method: .post))
            #expect(reply.status == 409)
            #expect(reply.error == "no_data")
        }
    }

    private static func faults(_ clinic: DataClinic) async throws -> [[String: JSON]] {
        DataReply(try await clinic.host.execute(uri: "/faults", method: .get)).json["faults"]?.objects ?? []
    }

    private static func fault(_ mode: String, held: Int) -> [String: JSON] {
        ["route": "notes", "mode": .string(mode), "count": .null, "held": .int(held)]
    }
}
