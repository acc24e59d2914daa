internal import Gateway
internal import Launch

/// `welkin-launch check`: what an operator runs after each change of the settings.
enum CheckCommand {
    static func run() -> Int32 {
        let environment = ProcessEnvironment.variables(prefix: "WELKIN_")
        let loaded = Settings.load(environment: environment)
        for problem in loaded.problems { StandardStreams.output("problem  \(problem)\n") }
        for warning in loaded.warnings + Settings.unknownNames(environment: environment) {
            StandardStreams.output("warning  \(warning)\n")
        }
        guard let settings = loaded.settings else {
            let count = loaded.problems.count
            StandardStreams.output(
                "\(count) problem\(count == 1 ? "" : "s"); nobody can be launched until \(count == 1 ? "it is" : "they are") mended.\n"
            )
            return 1
        }
        for app in settings.apps { StandardStreams.output(summary(app)) }
        return 0
    }

    /// What is in force, for reading it against what Welkin has on file.
    private static func summary(_ app: App) -> String {
        let secrets = app.secrets.map { "\($0.client) (\($0.shortID))" }.joined(separator: ", ")
        return """
            ok       App \(app.name.text)
                     launches are posted to  \(app.url.text)
                     pages are shown under   \(app.url.origin.text)\(app.url.folder)a/\(app.name.text)/
                     framed by               \(app.hostOrigin.text)
                     secrets of              \(secrets)
                     environment             \(app.provider?.text ?? "any")
                     sessions                \(app.sessionIdle) s idle, \(app.sessionMaximum) s at most, hand-off \(app.offersHandoff ? "on" : "off")

            """
    }
}
