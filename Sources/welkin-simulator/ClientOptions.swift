import ArgumentParser
import FoundationEssentials
import Simulator

/// The App and its client, from the command line or the environment.
struct ClientOptions: ParsableArguments {
    @Option(
        name: .customLong("app-url"),
        help: "The App URL, which is the token's audience. Default: $WELKIN_APP_URL.")
    var appURLText: String?

    @Option(name: .customLong("client-id"), help: "The client id. Default: $WELKIN_CLIENT_ID.")
    var clientIDText: String?

    @Option(
        name: .customLong("secret"),
        help: """
            The client's secret; base64:… for bytes. Default: $WELKIN_CLIENT_SECRET, which other \
            users of this machine cannot see in the process list.
            """)
    var secretText: String?

    /// The App to launch, and the client that signs.
    struct Client {
        let appURL: AppAddress
        let id: String
        let secret: SigningSecret
    }

    /// Nil if a value is missing or invalid; every reason is added to the problems.
    func client(_ problems: inout SettingProblems) -> Client? {
        let appURL = problems.required(appURLText, "--app-url", "WELKIN_APP_URL").flatMap { text in
            problems.collect { try AppAddress(text) }
        }
        let id = problems.required(clientIDText, "--client-id", "WELKIN_CLIENT_ID")
        let secret = problems.secret(secretText, "--secret", "WELKIN_CLIENT_SECRET")
        guard let appURL, let id, let secret else { return nil }
        return Client(appURL: appURL, id: id, secret: secret)
    }
}

/// The process's environment.
enum Environment {
    /// Nil if the variable is unset or empty.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
