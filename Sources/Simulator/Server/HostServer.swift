import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// Serves the host page, and on request the data routes and the Data API, until the process is told to stop.
package struct HostServer: Sendable {
    /// What a listener serves.
    package enum Part: Sendable {
        case host, data, api
    }

    let settings: HostSettings
    let address: ListenAddress
    let dataAddress: ListenAddress?
    let api: (provider: APIProvider, address: ListenAddress)?

    /// - Parameters:
    ///   - dataAddress: where nginx reaches the data routes; nil for none
    ///   - api: the Data API, and where it is served
    package init(
        settings: HostSettings, address: ListenAddress, dataAddress: ListenAddress? = nil,
        api: (provider: APIProvider, address: ListenAddress)? = nil
    ) {
        self.settings = settings
        self.address = address
        self.dataAddress = dataAddress
        self.api = api
    }

    /// Listens, and returns after SIGTERM or SIGINT.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970
    ///   - ready: called once for each part, with the address that it listens on (the actual port, if 0
    ///     was requested)
    /// - Throws: ``CannotListen`` if an address is not available.
    package func run(
        now: @escaping @Sendable () -> Int, ready: @escaping @Sendable (Part, ListenAddress) -> Void
    ) async throws {
        // Errors are thrown, and requests are not logged.
        var logger = Logger(label: "welkin-simulator")
        logger.logLevel = .critical
        let live = dataAddress.map { _ in
            LiveClinic(settings.clinic, providerID: settings.providerID, api: api?.provider, now: now)
        }
        let host = HostRoutes(settings: settings, now: now, live: live).router().buildResponder()
        var listeners: [any Service] = [Listener(host, at: address, logger: logger) { ready(.host, $0) }]
        if let live, let dataAddress {
            let data = DataResponder(live, settings: settings)
            listeners.append(Listener(data, at: dataAddress, logger: logger) { ready(.data, $0) })
        }
        if let api {
            listeners.append(
                APIServer.listener(api.provider, at: api.address, logger: logger) { ready(.api, $0) })
        }
        try await Self.serve(listeners, logger: logger)
    }

    /// On a signal, answers complete requests, but does not wait for the rest of an incomplete one, which may
    /// never come.
    static func serve(_ listeners: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: listeners, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .milliseconds(500)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // The group throws this when the shutdown time is up.
        }
    }
}
