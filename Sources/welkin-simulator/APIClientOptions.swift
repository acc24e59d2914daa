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

    /// - Throws: a `ValidationError` where something is missing
    func client() throws -> APIClient {
        guard let id = id ?? Environment.value("WELKIN_DATA_CLIENT_ID") else {
            throw ValidationError("Missing: --data-client-id, or WELKIN_DATA_CLIENT_ID in the environment.")
        }
        guard let text = secret ?? Environment.value("WELKIN_DATA_CLIENT_SECRET"), let bytes = ByteText.bytes(text)
        else {
            throw ValidationError(
                "Missing or not base64: --data-client-secret, or WELKIN_DATA_CLIENT_SECRET in the environment.")
        }
        return APIClient(id: id, secret: ClientSecret(bytes), scopes: scopes.isEmpty ? nil : Set(scopes))
    }
}
