import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

/// The simulator's two listeners over one demo clinic, and a clock that the test moves.
struct DataClinic: Sendable {
    static let launch = "QuISBr26tWdjqNZx5m0n-A"
    static let patients = Clinic.demo().patients
    static let worker = Clinic.demo().worker.id
    static let key = "0d5f8b0e-6c1f-4a70-9a3e-2f6f1f5b8c11"

    let clock: ManualClock
    let data: any TestClientProtocol
    let host: any TestClientProtocol

    /// Runs a test against both listeners, with no network, and with a Data API of the same clinic at its own.
    static func testWithAPI(
        _ body: @Sendable (DataClinic, APISession) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let api = APIProvider(
            APISeed(), client: APISession.client, now: { Int64(clock.seconds) * 1_000_000 })
        try await Application(responder: APIResponder(api)).test(.router) { http in
            try await test(clock: clock, api: api) { try await body($0, APISession(http: http)) }
        }
    }

    /// Runs a test against both listeners, with no network.
    static func test(
        clock: ManualClock = ManualClock(), api: APIProvider? = nil,
        _ body: @Sendable (DataClinic) async throws -> Void
    ) async throws {
        let settings = HostSettings(
            appURL: try AppAddress("https://app.example/launch"), clientID: "client-1", secret: Sample.secret)
        let live = LiveClinic(
            settings.clinic, providerID: settings.providerID, api: api, now: { clock.seconds }, clock: clock)
        let routes = HostRoutes(settings: settings, now: { clock.seconds }, live: live)
        try await Application(responder: DataResponder(live, settings: settings)).test(.router) { data in
            try await Application(router: routes.router()).test(.router) { host in
                try await body(DataClinic(clock: clock, data: data, host: host))
            }
        }
    }

    /// What nginx sends for a session of that patient.
    static func headers(patient: String?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers["X-Welkin-App"] = "main"
        headers["X-Welkin-Launch"] = launch
        headers["X-Welkin-Worker"] = worker
        headers["X-Welkin-Provider"] = Clinic.demoProviderID
        headers["X-Welkin-Patient"] = patient
        return headers
    }

    /// Asks a data route in a session of that patient.
    func ask(
        _ route: String, _ body: JSON = [:], patient: String? = patients[0].id,
        _ change: (inout HTTPFields) -> Void = { _ in }
    ) async throws -> DataReply {
        var headers = Self.headers(patient: patient)
        change(&headers)
        let text = try String(decoding: JSONEncoder().encode(body), as: UTF8.self)
        return try await post("/a/main/\(Self.launch)/data/\(route)", text, headers)
    }

    /// Posts to the data listener.
    func post(_ path: String, _ body: String, _ headers: HTTPFields) async throws -> DataReply {
        DataReply(
            try await data.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)))
    }

    /// Posts a form to the host page's listener.
    func control(_ path: String, _ form: String, headers: HTTPFields = [:]) async throws -> DataReply {
        var fields: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        fields.append(contentsOf: headers)
        return DataReply(
            try await host.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(string: form)))
    }

    /// The host's page about a patient.
    func page(of patient: Patient) async throws -> String {
        String(buffer: try await host.execute(uri: "/patients/\(patient.id)", method: .get).body)
    }

    /// Has a patient call, or somebody unknown; the call's id.
    func ring(_ patient: Patient? = nil) async throws -> JSON {
        try #require(await control("/ring", "patient=\(patient?.id ?? "")").json["call"])
    }

    /// The calls as they are now.
    func calls(_ change: (inout HTTPFields) -> Void = { _ in }) async throws -> DataReply {
        try await ask("calls/await", ["after": .null], patient: nil, change)
    }

    /// Returns once that many sleep on the clock until so many seconds from now.
    func untilSleeping(_ deadlines: [Int]) async throws {
        try await until { clock.sleepers == deadlines }
    }

    /// Returns once it is so.
    func until(_ condition: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while try await !condition() {
            try #require(ContinuousClock.now < limit, "it did not come to that within 20 s")
            await Task.yield()
        }
    }
}

/// An answer that a test looks at.
struct DataReply: Sendable {
    let status: Int
    let headers: HTTPFields
    /// Empty where the body is no JSON object.
    let json: [String: JSON]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        json = (try? JSON.object(Data(response.body.readableBytesView))) ?? [:]
    }

    var error: JSON? { json["error"] }

    /// Every call of the answer, as `state` and whether the patient is known.
    var calls: [[String: JSON]] { json["calls"]?.objects ?? [] }
}

extension HTTPFields {
    /// A header by its name as text.
    subscript(name: String) -> String? {
        get { self[HTTPField.Name(name)!] }
        set { self[HTTPField.Name(name)!] = newValue }
    }
}
