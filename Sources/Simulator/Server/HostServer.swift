import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Serves the host page until the process is told to stop.
package struct HostServer: Sendable {
    let settings: HostSettings
    let address: ListenAddress

    package init(settings: HostSettings, address: ListenAddress) {
        self.settings = settings
        self.address = address
    }

    /// Listens, and returns after SIGTERM or SIGINT.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970
    ///   - ready: called once, with the address that is listened on (the real port, where 0 was asked for)
    /// - Throws: ``CannotListen`` when the address cannot be had.
    package func run(
        now: @escaping @Sendable () -> Int, ready: @escaping @Sendable (ListenAddress) -> Void
    ) async throws {
        // Errors are told by what is thrown; a request is nobody's business.
        var logger = Logger(label: "welkin-simulator")
        logger.logLevel = .critical
        let host = address.host
        let application = Application(
            router: HostRoutes(settings: settings, now: now).router(),
            configuration: .init(address: .hostname(host, port: address.port)),
            onServerRunning: { channel in
                ready(ListenAddress(host: host, port: channel.localAddress?.port ?? 0))
            },
            logger: logger)
        do {
            try await Self.serve(application, logger: logger)
        } catch let error as IOError {
            throw CannotListen(address: address, reason: Self.reason(error))
        } catch is SocketAddressError.UnknownHost {
            throw CannotListen(address: address, reason: "no host of that name is known")
        }
    }

    /// Answers what has been asked when the signal comes, but does not wait for a request whose other
    /// half may never come.
    private static func serve(_ application: some Service, logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .milliseconds(500)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // How the group says that the time was up.
        }
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another program is listening there"
        case EACCES: "this user may not listen on that port"
        case EADDRNOTAVAIL: "this machine does not have that address"
        default: "\(error)"
        }
    }
}

/// Why the host page cannot be served.
package struct CannotListen: Error, Equatable, CustomStringConvertible {
    package let address: ListenAddress
    package let reason: String

    package var description: String { "cannot listen on \(address): \(reason)" }
}
