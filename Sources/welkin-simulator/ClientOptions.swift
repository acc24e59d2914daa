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
            users of this machine cannot see in the list of processes.
            """)
    var secretText: String?

    /// - Throws: a `ValidationError` where it is missing or none.
    func appURL() throws -> AppURL {
        do {
            return try AppURL(required(appURLText, "--app-url", "WELKIN_APP_URL"))
        } catch let error as InvalidAppURL {
            throw ValidationError(error.description)
        }
    }

    /// - Throws: a `ValidationError` where it is missing.
    func clientID() throws -> String {
        try required(clientIDText, "--client-id", "WELKIN_CLIENT_ID")
    }

    /// - Throws: a `ValidationError` where it is missing or not base64 after `base64:`.
    func secret() throws -> ClientSecret {
        let text = try required(secretText, "--secret", "WELKIN_CLIENT_SECRET")
        guard let bytes = ByteText.bytes(text) else {
            throw ValidationError("The secret begins with base64: but is not base64.")
        }
        return ClientSecret(bytes)
    }

    private func required(_ value: String?, _ option: String, _ variable: String) throws -> String {
        guard let value = value ?? Environment.value(variable) else {
            throw ValidationError("Missing: \(option), or \(variable) in the environment.")
        }
        return value
    }
}

/// The process's environment.
enum Environment {
    /// Nil where the variable is not set, or empty.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The system's clock.
enum Clock {
    /// Seconds since 1970.
    static func now() -> Int {
        Int(Date().timeIntervalSince1970)
    }

    /// Microseconds since 1970.
    static func microseconds() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000_000)
    }
}
