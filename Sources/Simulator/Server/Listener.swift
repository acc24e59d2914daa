import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// An application at an address; its errors name that address.
struct Listener<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let address: ListenAddress
    private let application: Application<Responder>

    /// - Parameters:
    ///   - handlers: additional channel handlers for each connection
    ///   - ready: called once, with the address that it listens on (the actual port, if 0 was requested)
    init(
        _ responder: Responder, at address: ListenAddress, logger: Logger,
        handlers: @escaping @Sendable () -> [any RemovableChannelHandler] = { [] },
        ready: @escaping @Sendable (ListenAddress) -> Void
    ) {
        self.address = address
        let host = address.host
        application = Application(
            responder: responder,
            server: .http1(configuration: .init(additionalChannelHandlers: handlers())),
            configuration: .init(address: .hostname(host, port: address.port)),
            onServerRunning: { channel in
                ready(ListenAddress(host: host, port: channel.localAddress?.port ?? 0))
            },
            logger: logger)
    }

    /// - Throws: ``CannotListen`` if the address is not available.
    func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw CannotListen(address: address, reason: Self.reason(error))
        } catch is SocketAddressError.UnknownHost {
            throw CannotListen(address: address, reason: "unknown host")
        }
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another program is listening there"
        case EACCES: "this user may not listen on that port"
        case EADDRNOTAVAIL: "this machine does not have that address"
        default: unsafe String(cString: strerror(error.errnoCode))
        }
    }
}

/// Why the host page, or the data, cannot be served.
package struct CannotListen: Error, Equatable, CustomStringConvertible {
    package let address: ListenAddress
    package let reason: String

    package var description: String { "cannot listen on \(address): \(reason)" }
}
