package import Gateway
import Identifiers
package import Journal
package import Platform
package import Records
package import Sessions
import StrictJSON

/// Answers every request of a page for data: over HTTP or as CGI, one function from the request to the answer.
///
/// It checks the session itself, with the launch handler's keys, and believes no header about whose it is: neither a
/// mistake in the site's configuration nor somebody on the socket opens health data.
package final class DataService: Sendable {
    /// The program's name in the log.
    package static let program = "welkin-worker"

    private let settings: @Sendable (_ now: UnixTime) -> ServiceSettings?
    private let journal: any JournalStore
    private let replica: ReplicaAccess
    private let slow: SlowReads
    private let board: ChangeBoard?
    private let patients: any PatientSource
    private let store: @Sendable (_ folder: String) -> any StateStore
    private let log: @Sendable (LogLine) -> Void
    private let time: @Sendable () -> Instant
    private let limits = LaunchLimits()
    private let metrics: ServiceMetrics?

    /// - Parameters:
    ///   - settings: those in force at a given time; nil while they are unusable: then every request gets 503
    ///   - journal: has the audit before an answer leaves
    ///   - replica: read on the journal's thread
    ///   - board: waits for changes; nil where nothing can wait (CGI): then `changes` is answered at once, and a launch
    ///     is not limited, since the process knows of no other request
    ///   - patients: asks Welkin for a patient that the replica lacks
    ///   - metrics: nil where nobody could ask for them (CGI)
    ///   - store: opens the state folder that the settings name
    ///   - time: the time when a wait is over
    package init(
        settings: @escaping @Sendable (_ now: UnixTime) -> ServiceSettings?, journal: any JournalStore,
        replica: ReplicaAccess, board: ChangeBoard?, patients: any PatientSource, metrics: ServiceMetrics?,
        log: @escaping @Sendable (LogLine) -> Void = { $0.write() },
        store: @escaping @Sendable (_ folder: String) -> any StateStore = { StateFolder(path: $0) },
        time: @escaping @Sendable () -> Instant = { Instant(microseconds: Clock.microseconds) }
    ) {
        self.settings = settings
        self.journal = journal
        self.replica = replica
        slow = SlowReads(replica)
        self.board = board
        self.patients = patients
        self.metrics = metrics
        self.log = log
        self.time = time
        self.store = store
    }

    /// Answers a request. A failure is an answer, too.
    package func respond(to request: Request, now: Instant) async -> Response {
        let time = UnixTime(seconds: now.seconds)
        guard let settings = settings(time) else { return refused(.unavailable("settings"), Self.noRoute) }
        if request.path == "/healthz" || request.path == "/metrics" { return await operatorOnly(request, now) }
        guard let place = Place(request.path, settings) else { return refused(.noRoute, Self.noRoute) }
        let start = Clock.monotonic
        let route = place.route
        do {
            guard request.method == "POST" else { throw DataRefusal.wrongMethod }
            let body = try await answer(request, place, settings, now)
            metrics?.count(
                route: route.rawValue, outcome: "ok", seconds: route == .changes ? nil : Clock.monotonic - start)
            return DataAnswers.json(body)
        } catch let refusal as DataRefusal {
            return refused(refusal, route.rawValue)
        } catch let error as JournalError {
            log(LogLine("journal").with("outcome", "failed").with("problem", "\(error)"))
            return refused(.unavailable("journal"), route.rawValue)
        } catch {
            return refused(.unavailable("failed"), route.rawValue)
        }
    }

    /// What a request gets where there is no service: the settings are unusable, or the journal. Logs the reference.
    package static func unavailable() -> Response {
        refused(.unavailable, Self.noRoute) { $0.write() }
    }

    /// The route in log and metrics of what belongs to none.
    private static let noRoute = "none"

    private func answer(
        _ request: Request, _ place: Place, _ settings: ServiceSettings, _ now: Instant
    ) async throws -> [UInt8] {
        let reader = SessionReader(
            keys: settings.keys, policy: place.app.policy, launch: place.launch, store: settings.stateFolder.map(store))
        guard reader.isOwnOrigin(request) else { throw DataRefusal.wrongOrigin }
        let session = try session(reader, request, now)
        guard session.provider == settings.provider else { throw DataRefusal.otherProvider }
        let waits = place.route == .changes
        if board != nil, let seconds = limits.begin(place.launch, waits: waits, now: Clock.monotonic) {
            throw DataRefusal.tooMany(retryAfter: seconds)
        }
        defer { if board != nil, !waits { limits.end(place.launch) } }
        guard let type = request.contentType, MediaType.is("application/json", type) else {
            throw DataRefusal.wrongType
        }
        let body = try DataBody(request.body, required: place.route.required, optional: place.route.optional)
        let answer = try await read(place, session, body, settings, now)
        guard waits else { return answer }
        let changes = try await changes(session, place, body)
        // It may have ended meanwhile.
        _ = try self.session(reader, request, time())
        return changes
    }

    private func session(_ reader: SessionReader, _ request: Request, _ now: Instant) throws -> Session {
        do throws(SessionFailure) {
            return try reader.session(of: request, now: UnixTime(seconds: now.seconds))
        } catch {
            switch error {
            case .refused(let refusal): throw DataRefusal(refusal)
            case .state: throw DataRefusal.unavailable("state")
            }
        }
    }

    /// Reads, and has the audit in the journal before the answer. Empty for a wait that is admitted.
    private func read(
        _ place: Place, _ session: Session, _ body: DataBody, _ settings: ServiceSettings, _ now: Instant
    ) async throws -> [UInt8] {
        let audit = AuditTrail(place.route, session, launch: settings.keys.pseudonym(place.launch.text))
        let complain: @Sendable (any Error) -> Void = { [log] error in
            log(LogLine("replica").with("outcome", "failed").with("problem", "\(error)"))
        }
        func attempt(_ fetched: PatientFetch?) async throws -> RouteAnswer {
            let answer: @Sendable (ReplicaAccess) -> AuditTrail.Outcome = { replica in
                audit.outcome(onFailure: complain) { trace in
                    try replica.read { reader in
                        try RouteCall(
                            session: session, app: place.app, settings: settings, body: body, reader: reader, now: now,
                            fetched: fetched
                        ).answer(place.route, &trace)
                    }
                }
            }
            // One hop: what is read quickly is read on the journal's own thread. A search must not hold that up.
            let slowly = place.route == .find ? await slow.read(answer) : nil
            let replica = replica
            let outcome = try await journal.perform(.reads) { transaction in
                let outcome = slowly ?? answer(replica)
                if let entry = audit.entry(outcome, at: now) { transaction.add(entry) }
                return outcome
            }
            return try outcome.result.get()
        }
        var fetched: PatientFetch?
        while true {
            switch try await attempt(fetched) {
            case .answer(let bytes): return bytes
            case .admitted: return []
            // Only once: then the answer is that there is none.
            case .missing(let patient): fetched = await patients.fetch(patient)
            }
        }
    }

    /// What has changed for a page that was admitted, once there is something or the wait is over.
    private func changes(_ session: Session, _ place: Place, _ body: DataBody) async throws -> [UInt8] {
        let interest = ChangeBoard.Interest(patient: try body.patient("patient") ?? session.patient)
        let changes: Changes
        if let text = try body.text("after") {
            if let version = StoreVersion(text) {
                changes =
                    await board?.wait(place.launch, since: version, interest)
                    ?? replica.changes(since: version, interest)
            } else {
                changes = .reset(try replica.read { try $0.storeVersion() })
            }
        } else {
            changes = .news(News(version: try replica.read { try $0.storeVersion() }))
        }
        var writer = JSONWriter()
        try writer.changes(changes, waits: board != nil)
        return writer.bytes
    }

    /// Whether answers can be given, and the counters; never for a page.
    private func operatorOnly(_ request: Request, _ now: Instant) async -> Response {
        guard request.method == "GET" || request.method == "HEAD" else { return refused(.wrongMethod, Self.noRoute) }
        if request.path == "/metrics" {
            guard let board, let metrics else { return refused(.noRoute, Self.noRoute) }
            let shown = try? replica.read { try $0.asOf([.patients, .phoneNumbers]) }
            let text = metrics.text(
                waiting: board.count, age: shown.flatMap { $0 }.map { max(0, now.seconds - $0.seconds) })
            return DataAnswers.text(text, type: PrometheusText.mediaType)
        }
        do {
            try await journal.perform(.reads) { _ in }
            return DataAnswers.json(Array(#"{"status":"ok"}"#.utf8))
        } catch {
            log(LogLine("journal").with("outcome", "failed").with("problem", "\(error)"))
            return refused(.unavailable("journal"), Self.noRoute)
        }
    }

    private func refused(_ refusal: DataRefusal, _ route: String) -> Response {
        metrics?.count(route: route, outcome: refusal.reason, seconds: nil)
        return Self.refused(refusal, route, log)
    }

    /// Logs the same reference as the answer has.
    private static func refused(_ refusal: DataRefusal, _ route: String, _ log: (LogLine) -> Void) -> Response {
        let id = CorrelationID()
        log(
            LogLine("data").with("route", route).with("outcome", "refused").with("reason", refusal.reason)
                .with("id", id.text))
        return DataAnswers.refused(refusal, id: id.text)
    }
}

extension LogLine {
    /// A line about one kind of event of the service.
    init(_ event: String) { self.init(event, of: DataService.program) }
}
