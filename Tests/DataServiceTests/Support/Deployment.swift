import DataService
import Gateway
import Identifiers
import Journal
import Platform
import Records
import Replica
import Sessions
import StrictJSON
import Synchronization
import TestSupport
import Tokens

/// The service over a replica and a journal on the disk, and sessions to ask it with.
final class Deployment: Sendable {
    static let now = Instant("2026-01-02T12:00:00Z")!
    static let provider = ProviderID("5d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4")!
    static let keys = SessionKeys([Secret(Array("a session key of at least 32 bytes".utf8))])!
    static let everything = ReadableFields(Dictionary(uniqueKeysWithValues: Catalogue.resources.map { ($0.name, nil) }))

    let folder: TemporaryFolder
    let journal: SQLiteJournal
    let service: DataService
    let board: ChangeBoard
    let log = Mutex<[String]>([])
    let patients: Patients

    /// Welkin, as far as it is asked for a patient.
    final class Patients: PatientSource {
        let answer = Mutex(PatientFetch.unavailable)
        let asked = Mutex(0)
        let onFetch = Mutex<(@Sendable () async -> Void)?>(nil)

        func fetch(_ patient: PatientID) async -> PatientFetch {
            asked.withLock { $0 += 1 }
            await onFetch.withLock { $0 }?()
            return answer.withLock { $0 }
        }
    }

    init(
        readable: ReadableFields = everything, access: AccessMode = .assigned, showsSchedule: Bool = true,
        notes: [String] = ["text=note_text", "author=written_by"], app: String = "main", waits: Bool = true
    ) throws {
        folder = try TemporaryFolder()
        let path = folder.path("replica.db")
        journal = try SQLiteJournal(path: folder.path("journal.db"), provider: Self.provider)
        let settings = ServiceSettings(
            apps: [.init(policy: Self.policy(app), readable: readable)], keys: Self.keys, stateFolder: nil,
            provider: Self.provider, access: access, showsSchedule: showsSchedule,
            notes: try NoteMapping(type: "_note", fields: notes), timeZone: "UTC", staleAfter: 900)
        let replica = ReplicaAccess(path: path, provider: Self.provider)
        board = ChangeBoard(replica: replica.another(), now: { Clock.monotonic })
        patients = Patients()
        let lines = Lines()
        service = DataService(
            settings: { _ in settings }, journal: journal, replica: replica, board: waits ? board : nil,
            patients: patients, metrics: ServiceMetrics(), log: { lines.add($0.description) }, time: { Self.now })
        self.lines = lines
    }

    private let lines: Lines

    /// All that was logged.
    var logged: [String] { lines.all }

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        func add(_ line: String) { lines.withLock { $0.append(line) } }

        var all: [String] { lines.withLock { $0 } }
    }

    static func policy(_ app: String = "main") -> SessionPolicy {
        let name = AppName(app)!
        let path = app == "main" ? "/launch" : "/launch/\(app)"
        return SessionPolicy(
            app: name, url: AppURL("https://app.example.org\(path)", app: name)!, provider: nil, idle: 900,
            maximum: 28_800, offersHandoff: true)
    }

    /// A replica that holds these families' records completely.
    func fill(_ families: [Family], resources: [Resource] = Catalogue.resources) async throws {
        let store = try SQLiteReplica(path: folder.path("replica.db"), provider: Self.provider)
        for resource in resources where resource != .availability {
            try await Self.commit(families.map { $0.record(of: resource) }, of: resource, to: store)
        }
        try await store.close()
    }

    /// Records that a sync brought.
    func commit(_ records: [String], of resource: Resource) async throws {
        let store = try SQLiteReplica(path: folder.path("replica.db"), provider: Self.provider)
        try await Self.commit(records, of: resource, to: store)
        try await store.close()
    }

    private static func commit(_ records: [String], of resource: Resource, to store: SQLiteReplica) async throws {
        let items = records.map { PageItem(Record(parsing: Array($0.utf8))!) }
        let stream = StreamID(resource: resource.name, filter: nil)
        _ = try await store.commit(
            PageCommit(resource: resource, items: items, receivedAt: now, next: StreamState(cursor: now)))
        try await store.recordRun(.succeeded(at: now, CommitCounts()), of: stream)
    }
}

/// A launch of the App.
struct Page {
    let deployment: Deployment
    let session: Session
    let token: String

    init(
        _ deployment: Deployment, worker: WorkerID, patient: PatientID?, provider: ProviderID = Deployment.provider,
        app: String = "main"
    ) {
        var random = RandomSupply(LaunchID.size)
        self.deployment = deployment
        session = Session(
            worker: worker, patient: patient, provider: provider, policy: Deployment.policy(app),
            now: UnixTime(seconds: Deployment.now.microseconds / 1_000_000), random: &random)
        token = String(decoding: SessionCodec(keys: Deployment.keys).token(for: session.claims), as: UTF8.self)
    }

    /// An answer to the page.
    struct Answer {
        let status: Int
        let text: String
        let json: JSONValue
        let headers: [String: String]

        var error: String? { json["error"]?.string }
    }

    /// Asks as the page does, with changes that an attacker would make. An empty token is none.
    func ask(
        _ route: String, _ body: String = "{}", launch: LaunchID? = nil, origin: String? = "https://app.example.org",
        token: String? = nil, type: String? = "application/json", method: String = "POST", path: String? = nil,
        at now: Instant = Deployment.now
    ) async throws -> Answer {
        let response = await deployment.service.respond(
            to: Request(
                method: method, path: path ?? "/a/\(session.app.text)/\((launch ?? session.launch).text)/data/\(route)",
                contentType: type, body: .bytes(Array(body.utf8)), origin: origin,
                sessionHeader: token == "" ? nil : token ?? self.token),
            now: now)
        let document = try JSONDocument(parsing: response.body)
        return Answer(
            status: response.status, text: String(decoding: response.body, as: UTF8.self), json: document.root,
            headers: Dictionary(
                response.headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) }
            ) { first, _ in first })
    }
}
