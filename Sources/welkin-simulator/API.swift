import ArgumentParser
import Simulator

/// Serves the Data API alone.
struct API: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Serve a Data API like Welkin's, over made-up records.",
        discussion: APIOptions.discussion)

    @Option(
        help: .init(
            "Where to listen; port 0 takes a free one. Default: 127.0.0.1:8092.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var listen = ListenAddress(host: "127.0.0.1", port: 8092)

    @Flag(
        name: .customLong("allow-remote"),
        help: "Allow an address that other machines reach. Whoever reaches it can control the API.")
    var allowsRemote = false

    @OptionGroup var options: APIOptions
    @OptionGroup var client: APIClientOptions

    func run() async throws {
        guard listen.isLoopback || allowsRemote else {
            throw ValidationError("\(listen.host) is not this machine alone: add --allow-remote to mean it.")
        }
        let provider = try options.provider(clinic: .demo(), client: client.client())
        do {
            try await APIServer(provider, address: listen).run { address in
                StandardOutput.write("welkin-simulator: listening on http://\(address)")
            }
        } catch let error as CannotListen {
            StandardError.write("welkin-simulator: \(error)")
            throw ExitCode.failure
        }
    }
}
