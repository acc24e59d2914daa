import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// Serves the Data API alone, until the process is told to stop.
package struct APIServer: Sendable {
    let provider: APIProvider
    let address: ListenAddress

    package init(_ provider: APIProvider, address: ListenAddress) {
        self.provider = provider
        self.address = address
    }

    /// Listens, and returns after SIGTERM or SIGINT.
    ///
    /// - Parameter ready: called once, with the address that it listens on
    /// - Throws: ``CannotListen`` if the address is not available.
    package func run(ready: @escaping @Sendable (ListenAddress) -> Void) async throws {
        var logger = Logger(label: "welkin-simulator")
        logger.logLevel = .critical
        try await HostServer.serve(
            [Self.listener(provider, at: address, logger: logger, ready: ready)], logger: logger)
    }

    /// The API at an address; the `Date` of its answers is from its own clock.
    static func listener(
        _ provider: APIProvider, at address: ListenAddress, logger: Logger,
        ready: @escaping @Sendable (ListenAddress) -> Void
    ) -> Listener<APIResponder> {
        Listener(
            APIResponder(provider), at: address, logger: logger, handlers: { [DateStamp(provider)] }, ready: ready)
    }
}
