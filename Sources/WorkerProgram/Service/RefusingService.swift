package import DataService
import Logging
import Platform
import ServiceLifecycle
package import Settings
import UnixSignals

/// Stands in for a service that cannot start: whoever asks gets 503 at once, instead of an answer after the web
/// server's patience.
package enum RefusingService {
    /// How long, in seconds. Then the process ends, and is started again.
    private static let span = 10.0

    /// Refuses every request for some seconds, until a file changes, or until SIGTERM or SIGINT.
    ///
    /// - Parameters:
    ///   - socket: where requests wait; it is closed at the end
    ///   - files: of the settings
    package static func run(on socket: ListeningSocketBox, whileUnchanged files: [WatchedFile]) async throws {
        var logger = Logger(label: DataService.program)
        logger.logLevel = .error
        let server = DataServer(
            .socket(socket), logger: logger, respond: { _ in DataService.unavailable() }, onStart: { _ in },
            onStop: {})
        let configuration = ServiceGroupConfiguration(
            services: [
                .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(
                    service: Patience(watch: FileWatch(files)),
                    successTerminationBehavior: .gracefullyShutdownGroup),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Ends when there is reason to try again.
    private struct Patience: Service {
        let watch: FileWatch

        func run() async throws {
            var watch = watch
            let end = Clock.monotonic + RefusingService.span
            while !Task.isShuttingDownGracefully, Clock.monotonic < end, !watch.hasChanged(now: Clock.now) {
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
            }
        }
    }
}
