import ArgumentParser
import Simulator

/// Serves the Data API alone.
struct API: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Serve a Data API like Welkin's, with made-up records.",
        discussion: APIOptions.discussion)

    @Option(
        help: .init(
            "The address to listen on; port 0 picks a free one. Default: 127.0.0.1:8092.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var listen = ListenAddress(host: "127.0.0.1", port: 8092)

    @Flag(
        name: .customLong("allow-remote"),
        help: "Allow an address that other machines can reach. Anyone who reaches it can control the API.")
    var allowsRemote = false

    @OptionGroup var options: APIOptions
    @OptionGroup var client: APIClientOptions

    func validate() throws {
        _ = try soundClient()
    }

    /// - Throws: a `ValidationError` that lists everything missing or invalid.
    private func soundClient() throws -> APIClient {
        var problems = SettingProblems()
        if !allowsRemote { problems.refuseRemote(listen) }
        let client = client.client(&problems)
        return try problems.sound(client)
    }

    func run() async throws {
        let provider = try options.provider(clinic: .demo(), client: soundClient())
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
