import ArgumentParser
import Simulator

/// The client that may ask for access tokens.
struct APIClientOptions: ParsableArguments {
    @Option(
        name: .customLong("data-client-id"),
        help: "The id of the client that may ask for tokens. Default: $WELKIN_DATA_CLIENT_ID.")
    var id: String?

    @Option(
        name: .customLong("data-client-secret"),
        help: """
            Its secret; base64:… for bytes. Default: $WELKIN_DATA_CLIENT_SECRET, which other users of this machine \
            cannot see in the list of processes.
            """)
    var secret: String?

    @Option(
        name: .customLong("data-scope"),
        help: .init("A scope that the client may have. Repeatable. Default: every one.", valueName: "scope"))
    var scopes: [String] = []

    /// Nil, and every reason among the problems, where something is missing or makes no sense.
    func client(_ problems: inout SettingProblems) -> APIClient? {
        let id = problems.required(id, "--data-client-id", "WELKIN_DATA_CLIENT_ID")
        let secret = problems.secret(secret, "--data-client-secret", "WELKIN_DATA_CLIENT_SECRET")
        guard let id, let secret else { return nil }
        return APIClient(id: id, secret: secret, scopes: scopes.isEmpty ? nil : Set(scopes))
    }
}
