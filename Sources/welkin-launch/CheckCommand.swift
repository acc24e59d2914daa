import Gateway
import Identifiers
import Launch
import Platform
import Sessions
import Settings

/// `welkin-launch check`: what an operator runs after changing the settings.
enum CheckCommand {
    static func run() -> Int32 {
        let environment = ProcessEnvironment.variables(prefix: "WELKIN_")
        let loaded = LaunchSettings.load(environment: environment)
        for problem in loaded.problems { StandardStreams.output("problem  \(problem)\n") }
        for warning in loaded.warnings + LaunchSettings.unknownNames(environment: environment) {
            StandardStreams.output("warning  \(warning)\n")
        }
        guard let settings = loaded.value else {
            let count = loaded.problems.count
            StandardStreams.output(
                "\(count) problem\(count == 1 ? "" : "s"); no App can be launched until \(count == 1 ? "it is" : "they are") fixed.\n"
            )
            return 1
        }
        for app in settings.apps { StandardStreams.output(summary(app)) }
        let (signing, verifying) = (settings.keys.shortIDs[0], settings.keys.shortIDs.dropFirst())
        StandardStreams.output(
            """
            ok       Session keys
                     signs and verifies      \(signing)
                     only verify             \(verifying.isEmpty ? "none" : verifying.joined(separator: ", "))

            """)
        return 0
    }

    /// The settings in force, for comparing them with what Welkin has on file.
    private static func summary(_ app: App) -> String {
        // Only the short ids, as in the log: if the two were swapped, the client id is really the secret.
        let secrets = app.secrets.map(\.shortID).joined(separator: ", ")
        return """
            ok       App \(app.name.text)
                     launches are posted to  \(app.url.text)
                     pages are shown under   \(app.url.origin.text)\(app.url.folder)a/\(app.name.text)/
                     framed by               \(app.hostOrigin.text)
                     live secrets            \(secrets)
                     environment             \(app.policy.provider?.text ?? "any")
                     sessions                \(app.policy.idle) s idle, \(app.policy.maximum) s at most, hand-off \(app.policy.offersHandoff ? "on" : "off")

            """
    }
}
