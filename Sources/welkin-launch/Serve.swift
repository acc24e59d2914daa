internal import FastCGI
internal import Gateway
internal import Launch

/// Runs the handler under a web server.
enum Serve {
    /// One request as a CGI program.
    static func once() -> Int32 {
        let handler = handler(offersMetrics: false)
        let isWritten = CGI.run { handler.respond(to: $0, now: Clock.seconds) }
        return isWritten ? 0 : 1
    }

    /// FastCGI on the socket that is standard input.
    static func inherited(threads: Int) -> Int32 {
        listen(Command.Listening(threads: threads))
    }

    static func listen(_ listening: Command.Listening) -> Int32 {
        do throws(SocketError) {
            let socket: ListeningSocket
            if let path = listening.path {
                socket = try .bind(path: path, mode: listening.mode, group: listening.group)
            } else {
                socket = try .inherited()
            }
            let metrics = Metrics()
            let handler = handler(offersMetrics: true, metrics: metrics)
            let server = try Server(listener: socket, threads: listening.threads) { request in
                let start = Clock.monotonic
                let response = handler.respond(to: request, now: Clock.seconds)
                metrics.observe(seconds: Clock.monotonic - start)
                return response
            }
            LogLine("start").with("version", HelpText.version)
                .with("socket", listening.path ?? "inherited").with("threads", "\(listening.threads)").write()
            try server.run()
            LogLine("stop").write()
            return 0
        } catch {
            LogLine("start").with("outcome", "failed").with("problem", "\(error)").write()
            return 1
        }
    }

    private static func handler(offersMetrics: Bool, metrics: Metrics = Metrics()) -> LaunchHandler {
        let store = SettingsStore(
            environment: ProcessEnvironment.variables(prefix: "WELKIN_"), now: Clock.seconds)
        return LaunchHandler(
            settings: { store.current(now: $0) }, metrics: metrics, offersMetrics: offersMetrics)
    }
}
