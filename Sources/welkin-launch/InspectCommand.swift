import Gateway
import Identifiers
import Launch
import Platform
import Settings

/// `welkin-launch inspect`: would this token launch the App now, and if not, why not?
enum InspectCommand {
    static func run(app name: String, showsClaims: Bool) -> Int32 {
        let loaded = LaunchSettings.load(environment: ProcessEnvironment.variables(prefix: "WELKIN_"))
        guard let settings = loaded.value else {
            StandardStreams.error("welkin-launch: the settings are unusable: run welkin-launch check\n")
            return 1
        }
        guard let app = AppName(name).flatMap(settings.app(named:)) else {
            StandardStreams.error("welkin-launch: no App is named \(name): see WELKIN_APPS\n")
            return 2
        }
        let report = TokenReport(token: token(), app: app, now: Clock.now)
        StandardStreams.output(String(decoding: report.json(showsClaims: showsClaims), as: UTF8.self) + "\n")
        return report.refusal == nil ? 0 : 1
    }

    /// The pasted token: alone or as the form that carried it, with or without a newline.
    private static func token() -> [UInt8] {
        var bytes = StandardStreams.input(limit: Request.maximumBody)
        while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 { bytes.removeLast() }
        let field = Array("token=".utf8)
        return bytes.starts(with: field) ? Form(parsing: bytes)?.values("token").first ?? bytes : bytes
    }
}
