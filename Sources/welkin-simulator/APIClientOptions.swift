import ArgumentParser
import Simulator

/// The client that may request access tokens.
struct APIClientOptions: ParsableArguments {
    @Option(
        name: .customLong("data-client-id"),
        help: "The id of the client that may request tokens. Default: $WELKIN_DATA_CLIENT_ID.")
    var id: String?

    @Option(
        name: .customLong("data-client-secret"),
        help: """
            Its secret; base64:… for bytes. Default: $WELKIN_DATA_CLIENT_SECRET, which other users of this machine \
            cannot see in the process list.
            """)
    var secret: String?

    @Option(
        name: .customLong("data-scope"),
        help: .init("A scope that the client may request. Repeatable. Default: all.", valueName: "scope"))
    var scopes: [String] = []

    /// Nil if a value is missing or invalid; every reason is added to the problems.
    func client(_ problems: inout SettingProblems) -> APIClient? {
        let id = problems.required(id, "--data-client-id", "WELKIN_DATA_CLIENT_ID")
        let secret = problems.secret(secret, "--data-client-secret", "WELKIN_DATA_CLIENT_SECRET")
        guard let id, let secret else { return nil }
        return APIClient(id: id, secret: secret, scopes: scopes.isEmpty ? nil : Set(scopes))
    }
}
