import DataAPI
package import DataService
package import Gateway
import Identifiers
package import Journal
import Logging
import Platform
import Records
import Replica
import ServiceLifecycle
package import Settings
import Synchronization
import UnixSignals

/// The data service with everything that it needs, as a server or for one CGI request.
package struct ServiceProgram: Sendable {
    /// Its parts differ in what can wait.
    package enum Transport: Sendable {
        case server
        case cgi
    }

    private let settings: ServiceSettingsStore
    private let journal: SQLiteJournal
    private let patients: PatientsOnDemand
    private let board: ChangeBoard?
    private let replica: BoundReplicaSettings
    private let service: DataService
    private let auditLifetime: Duration

    /// Opens the journal, and creates a missing one. The replica is opened when it is there.
    ///
    /// - Parameters:
    ///   - loaded: the service's part of the settings
    ///   - load: reads that part again
    package init(
        _ settings: ServeSettings, _ loaded: LoadedSettings<ServiceSettings>, transport: Transport = .server,
        load: @escaping @Sendable () -> LoadedSettings<ServiceSettings>
    ) throws(JournalError) {
        let store = ServiceSettingsStore(loaded, now: Clock.now, load: load)
        let place = settings.replica
        let access = ReplicaAccess(path: place.path, provider: place.provider)
        let isServer = transport == .server
        let board = isServer ? ChangeBoard(replica: access.another(), now: { Clock.monotonic }) : nil
        journal = try SQLiteJournal(path: settings.journal.path, provider: place.provider)
        let source = settings.access.source
        let writer = OpenedOnce { () throws(ReplicaError) in
            try SQLiteReplica(path: place.path, provider: place.provider, source: source)
        }
        patients = PatientsOnDemand(settings: Self.client(settings)) { client in
            WelkinPatientSource(
                client: client, replica: { () throws(ReplicaError) in try writer.value() },
                noteType: { store.current(now: Clock.now)?.notes?.type }
            ) { problem in
                LogLine("fetch", of: DataService.program).with("outcome", "failed").with("problem", problem).write()
            }
        }
        self.settings = store
        self.board = board
        replica = place
        auditLifetime = settings.journal.auditLifetime
        service = DataService(
            settings: { store.current(now: $0) }, journal: journal, replica: access, board: board, patients: patients,
            metrics: isServer ? ServiceMetrics() : nil)
    }

    /// One quick try: the page asks again.
    private static func client(_ settings: ServeSettings) -> ClientSettings {
        var client = settings.access.client()
        client.tokenStore = TokenFile.beside(settings.replica.path)
        client.retry.maximumAttempts = 1
        client.requestTimeout = .seconds(2)
        return client
    }

    /// Answers a request.
    package func respond(to request: Request) async -> Response {
        await service.respond(to: request, now: Instant(microseconds: Clock.microseconds))
    }

    /// Serves until SIGTERM or SIGINT: then it accepts nothing more, ends all waits, answers what has come in, and
    /// returns.
    ///
    /// - Parameter name: the address for the log
    /// - Throws: what keeps it from listening.
    package func serve(at address: DataServer.Address, named name: String) async throws {
        guard let board else { preconditionFailure("A CGI program serves nothing") }
        let watcher = try ChangeWatcher(path: replica.path) { board.look() }
        var logger = Logger(label: DataService.program)
        logger.logLevel = .error
        let server = DataServer(
            address, logger: logger, respond: { await respond(to: $0) },
            onStart: { _ in
                LogLine("start", of: DataService.program).with("version", Version.text).with("socket", name).write()
            }, onStop: { board.close() })
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: AuditPruner(journal: journal, lifetime: auditLifetime)),
                .init(service: WaitTimer(board: board)),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            watcher.stop()
            await close()
            throw error
        }
        watcher.stop()
        await close()
        LogLine("stop", of: DataService.program).write()
    }

    /// Finishes what is begun, before a process ends that has answered one request. Removes some audit entries whose
    /// time is over: there is no other process that could.
    package func settle() async {
        await patients.shutdown()
        await AuditPruner(journal: journal, lifetime: auditLifetime).pruneSome()
        await journal.settle()
    }

    /// Finishes what is begun, and closes the stores.
    package func close() async {
        await patients.shutdown()
        try? await journal.close()
    }
}

/// Removes audit entries whose time is over.
private struct AuditPruner: Service {
    let journal: SQLiteJournal
    let lifetime: Duration

    /// Once a day.
    func run() async throws {
        while !Task.isShuttingDownGracefully {
            await prune { end throws(JournalError) in try await journal.prune(before: end) }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(86_400)) }
        }
    }

    /// More of them than a request adds, but no more than it has time for.
    func pruneSome() async {
        await prune { end throws(JournalError) in try await journal.prune(before: end, limit: 20) }
    }

    private func prune(_ remove: (_ end: Instant) async throws(JournalError) -> Int) async {
        do throws(JournalError) {
            _ = try await remove(Instant(microseconds: Clock.microseconds) - lifetime)
        } catch {
            LogLine("audit", of: DataService.program).with("outcome", "not_pruned").with("problem", "\(error)").write()
        }
    }
}

/// Ends the waits whose time is over.
private struct WaitTimer: Service {
    let board: ChangeBoard

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            board.tick()
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
        }
    }
}

/// Asks Welkin for patients, with a client that is made for the first of them: most CGI requests need none.
private final class PatientsOnDemand: PatientSource {
    private let made = Mutex<(client: Client, source: WelkinPatientSource)?>(nil)
    private let settings: ClientSettings
    private let make: @Sendable (Client) -> WelkinPatientSource

    init(settings: ClientSettings, make: @escaping @Sendable (Client) -> WelkinPatientSource) {
        self.settings = settings
        self.make = make
    }

    func fetch(_ patient: PatientID) async -> PatientFetch {
        let source = made.withLock { made in
            if let source = made?.source { return source }
            let client = Client(settings)
            let new = make(client)
            made = (client, new)
            return new
        }
        return await source.fetch(patient)
    }

    /// Ends all connections, if there are any.
    func shutdown() async {
        try? await made.withLock { $0?.client }?.shutdown()
    }
}

/// A value that is made when it is first needed, and made again after a failure.
private final class OpenedOnce<Value: Sendable, Failure: Error>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () throws(Failure) -> Value

    init(_ make: @escaping @Sendable () throws(Failure) -> Value) { self.make = make }

    func value() throws(Failure) -> Value {
        try made.withLock { made throws(Failure) in
            if let value = made { return value }
            let value = try make()
            made = value
            return value
        }
    }
}
