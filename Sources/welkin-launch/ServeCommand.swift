import FastCGI
import Gateway
import Launch
import Platform
import Sessions

/// Runs the handler under a web server.
enum ServeCommand {
    /// Answers one request as a CGI program.
    static func once() -> Int32 {
        let handler = handler(offersMetrics: false)
        let isWritten = CGI.run { handler.respond(to: $0, now: Clock.now) }
        return isWritten ? 0 : 1
    }

    /// Serves FastCGI on the socket that is standard input.
    static func inherited(threads: Int) -> Int32 {
        listen(Command.Listening(threads: threads))
    }

    static func listen(_ listening: Command.Listening) -> Int32 {
        // Before the socket exists, because from then on a stop signal or a launch may come.
        let signals = StopSignals()
        do throws(SocketError) {
            let metrics = Metrics()
            let activeThreads = try ActiveThreads(limit: ActiveThreads.standardLimit)
            let handler = handler(offersMetrics: true, metrics: metrics) {
                WaitingStore(store: StateFolder(path: $0), threads: activeThreads)
            }
            let socket: ListeningSocket
            if let path = listening.path {
                socket = try .bind(path: path, mode: listening.mode, group: listening.group)
            } else {
                socket = try .inherited()
            }
            let server = try Server(
                program: LaunchHandler.program, listener: socket, threads: listening.threads,
                activeThreads: activeThreads
            ) { request in
                let start = Clock.monotonic
                let response = handler.respond(to: request, now: Clock.now)
                metrics.observe(seconds: Clock.monotonic - start)
                return response
            }
            LogLine("start", of: LaunchHandler.program).with("version", Version.text)
                .with("socket", listening.path ?? "inherited").with("threads", "\(listening.threads)").write()
            try server.run(until: signals)
            LogLine("stop", of: LaunchHandler.program).write()
            return 0
        } catch {
            LogLine("start", of: LaunchHandler.program).with("outcome", "failed").with("problem", "\(error)").write()
            return 1
        }
    }

    private static func handler(
        offersMetrics: Bool, metrics: Metrics = Metrics(),
        store: @escaping @Sendable (String) -> any StateStore = { StateFolder(path: $0) }
    ) -> LaunchHandler {
        let settings = SettingsStore(
            environment: ProcessEnvironment.variables(prefix: "WELKIN_"), now: Clock.now)
        return LaunchHandler(
            settings: { settings.current(now: $0) }, metrics: metrics, offersMetrics: offersMetrics, store: store)
    }
}

/// A store on a disk, which may be slow: meanwhile another thread takes this one's place.
private struct WaitingStore: StateStore {
    let store: StateFolder
    let threads: ActiveThreads

    func first(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime? {
        try threads.whileWaiting { () throws(StateError) in try store.first(event, now: now, expires: expires) }
    }

    func happened(_ event: StateEvent) throws(StateError) -> Bool {
        try threads.whileWaiting { () throws(StateError) in try store.happened(event) }
    }
}
