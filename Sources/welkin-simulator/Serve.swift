import ArgumentParser
import Foundation
import Simulator

/// Serves the host page.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a page like Welkin's that launches the App into an iframe.",
        discussion: """
            The page must have another origin than the App, as Welkin's has; the App's handler takes \
            its origin as WELKIN_HOST_ORIGIN.
            """)

    @Option(
        help: .init(
            "Where to listen; port 0 takes a free one. Default: 127.0.0.1:8090.", valueName: "host:port"),
        transform: { text in
            guard let address = ListenAddress(text) else {
                throw ValidationError("“\(text)” is not HOST:PORT.")
            }
            return address
        })
    var listen = ListenAddress(host: "127.0.0.1", port: 8090)

    @Flag(
        name: .customLong("allow-remote"),
        help: "Allow an address that other machines reach. Whoever reaches it can launch the App.")
    var allowsRemote = false

    @OptionGroup var client: ClientOptions

    @Option(name: .customLong("worker"), help: "The id of the worker who is logged in.")
    var worker: String?

    @Option(
        name: .customLong("provider"),
        help: "The provider's id. Default: $WELKIN_PROVIDER_ID, or one that is the same in every run.")
    var provider: String?

    func run() async throws {
        guard listen.isLoopback || allowsRemote else {
            throw ValidationError("\(listen.host) is not this machine alone: add --allow-remote to mean it.")
        }
        var settings = HostSettings(
            appURL: try client.appURL(), clientID: try client.clientID(), secret: try client.secret(),
            providerID: provider ?? Environment.value("WELKIN_PROVIDER_ID") ?? Clinic.demoProviderID,
            clinic: .demo(workerID: worker))
        settings.answersEveryHost = allowsRemote
        do {
            try await HostServer(settings: settings, address: listen).run(now: Clock.now) { address in
                // A pipe is buffered by whole blocks, and whoever reads this line waits for it.
                FileHandle.standardOutput.write(
                    Data("welkin-simulator: listening on http://\(address)\n".utf8))
            }
        } catch let error as CannotListen {
            StandardError.write("welkin-simulator: \(error)")
            throw ExitCode.failure
        }
    }
}
