import ArgumentParser
import Platform

/// A stand-in for Welkin, for developing, showing and testing an App without an account.
@main
struct WelkinSimulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "welkin-simulator",
        abstract: "A stand-in for Welkin: launch tokens, and a host page that launches an App.",
        discussion: """
            It signs with the secret it is given: create one for this purpose, and never use one that \
            Welkin issued. Exit codes: 0 done or stopped by SIGTERM or SIGINT, 1 failed, 64 usage.
            """,
        version: "welkin-simulator \(Version.text)",
        subcommands: [Mint.self, Serve.self, API.self])
}
