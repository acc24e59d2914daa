import Glibc
import Identifiers
import Launch
import Platform
import Sessions
import Settings

/// Files of settings and of credentials, as an operator might write them.
struct SettingsTarget {
    /// A file without a name, which goes when the process does.
    private let file: Int32
    private let path: String

    init() {
        var name = Array("/tmp/welkin-fuzz-XXXXXX".utf8CString)
        file = unsafe mkstemp(&name)
        precondition(unsafe file >= 0 && unlink(name) == 0, "no temporary file: \(errno)")
        path = "/proc/self/fd/\(file)"
    }

    func run(_ bytes: [UInt8]) {
        let lists = load(bytes, Fixtures.environment.merging(["WELKIN_CREDENTIALS_FILE": path]) { $1 })
        require(lists.problems.isEmpty == (lists.value != nil), "there are settings or problems")
        for secret in lists.value?.apps.flatMap(\.secrets) ?? [] {
            require(!secret.client.text.isEmpty, "a client has a name")
            require(secret.shortID.utf8.count == 8, "a secret has a short id")
        }

        let loaded = load(bytes, ["WELKIN_CONFIG": path])
        require(loaded.problems.isEmpty == (loaded.value != nil), "there are settings or problems")
        for app in loaded.value?.apps ?? [] {
            checkApp(app)
            checkAgain(app)
        }
    }

    private func load(_ bytes: [UInt8], _ environment: [String: String]) -> LoadedSettings<LaunchSettings> {
        precondition(unsafe ftruncate(file, 0) == 0 && pwrite(file, bytes, bytes.count, 0) == bytes.count)
        return LaunchSettings.load(environment: environment)
    }

    private func checkApp(_ app: App) {
        let url = app.url.text
        require(url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "an App URL is plain ASCII")
        require(url == app.url.origin.text + app.url.launchPath, "an App URL is its origin and its path")
        require(app.url.launchPath.hasPrefix(app.url.folder + "launch"), "launches are posted in the App's folder")
        for origin in [app.url.origin.text, app.hostOrigin.text] where !origin.hasPrefix("https://") {
            let authority = origin.dropFirst("http://".count)
            let host = authority.hasPrefix("[::1]") ? "::1" : authority.prefix { $0 != ":" }
            let isAddress = host.split(separator: ".").count == 4 && host.utf8.allSatisfy { $0 <= UInt8(ascii: "9") }
            require(
                host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
                    || host.hasPrefix("127.") && isAddress, "http is for this machine")
        }
        require(!app.secrets.isEmpty, "an App has a secret")
        require((0...300).contains(app.leeway), "leeway")
        require((60...86_400).contains(app.policy.idle) && (60...604_800).contains(app.policy.maximum), "session")
    }

    /// Written out again, quoted, the settings are the same.
    private func checkAgain(_ app: App) {
        func quoted(_ text: String) -> String {
            "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
        }
        var lines = [
            "WELKIN_APPS=\(app.name.text)", "WELKIN_CLIENT_ID=c", "WELKIN_CLIENT_SECRET=\(Fixtures.secret)",
            "WELKIN_SESSION_KEY=\(quoted(Fixtures.sessionKey))", "WELKIN_ISSUER=\(quoted(app.issuer))",
            "WELKIN_HOST_ORIGIN='\(app.hostOrigin.text)'", "WELKIN_CLOCK_LEEWAY=\(app.leeway)",
            "WELKIN_SESSION_IDLE=\(app.policy.idle)", "WELKIN_SESSION_MAX=\(app.policy.maximum)",
            "WELKIN_HANDOFF=\(app.policy.offersHandoff ? "on" : "off")",
        ]
        let own = app.name.text.uppercased().map { $0 == "-" ? "_" : "\($0)" }.joined()
        lines.append("WELKIN_\(own)_APP_URL = \(quoted(app.url.text)) ")
        if let provider = app.policy.provider { lines.append("WELKIN_PROVIDER_ID=\(provider.text)") }
        let again = load(Array(lines.joined(separator: "\n").utf8), ["WELKIN_CONFIG": path])
        guard let copy = again.value?.apps.first else {
            return require(false, "settings load again: \(again.problems)")
        }
        require(
            copy.url == app.url && copy.policy.provider == app.policy.provider && copy.hostOrigin == app.hostOrigin,
            "addresses")
        require(copy.issuer.utf8.elementsEqual(app.issuer.utf8), "the issuer")
        require(
            copy.leeway == app.leeway && copy.policy.offersHandoff == app.policy.offersHandoff, "leeway and hand-off")
        require(copy.policy.idle == app.policy.idle && copy.policy.maximum == app.policy.maximum, "session times")
    }
}
