import Gateway
import Identifiers
import Launch
import Platform
import Sessions
import Settings
import TestSupport
import Testing

@Suite("Settings")
struct SettingsTests {
    private func load(_ changes: [String: String?]) -> LoadedSettings<LaunchSettings> {
        var environment = Deployment.standard
        for (name, value) in changes { environment[name] = value }
        return LaunchSettings.load(environment: environment)
    }

    @Test("The smallest settings are enough, and have the documented standards")
    func smallest() throws {
        let loaded = load([:])
        let app = try #require(loaded.value?.apps.first)
        #expect(loaded.problems.isEmpty)
        #expect(loaded.warnings.isEmpty)
        #expect(app.name == .main)
        #expect(app.hostOrigin.text == "https://coach.welkinhealth.com")
        #expect(app.issuer == "coach.welkinhealth.com")
        #expect((app.leeway, app.policy.idle, app.policy.maximum) == (30, 900, 28_800))
        #expect(app.policy.offersHandoff)
        #expect(app.policy.provider == nil)
    }

    @Test("Nothing set: every problem at once, each with a remedy")
    func nothing() {
        let loaded = LaunchSettings.load(environment: [:])
        #expect(loaded.value == nil)
        #expect(
            loaded.problems.map(\.setting) == [
                "WELKIN_APP_URL", "WELKIN_CLIENT_ID", "WELKIN_CLIENT_SECRET", "WELKIN_SESSION_KEY",
            ])
        #expect(loaded.problems.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test(
        "A setting that is wrong is named, and nothing secret is printed",
        arguments: [
            ("WELKIN_APP_URL", "http://app.example/launch"),
            ("WELKIN_APP_URL", "https://app.example/start"),
            ("WELKIN_APP_URL", "https://App.example/launch"),
            ("WELKIN_APP_URL", "https://app.example/launch?x"),
            ("WELKIN_APP_URL", "https://app.example:443/launch"),
            ("WELKIN_APP_URL", "https://app.example/a/../launch"),
            ("WELKIN_APP_URL", "https://app.example//launch"),
            ("WELKIN_APP_URL", "app.example/launch"),
            ("WELKIN_SESSION_KEY", Deployment.key("only thirty-one bytes, too few.")),
            ("WELKIN_SESSION_KEY", "thirty-two bytes, but not base64."),
            ("WELKIN_SESSION_KEY", "base64:"),
            ("WELKIN_SESSION_KEY", "base64:AAAA"),
            ("WELKIN_SESSION_KEY", "base64:!!!!"),
            ("WELKIN_HOST_ORIGIN", "https://coach.welkinhealth.com/"),
            ("WELKIN_HOST_ORIGIN", "*"),
            ("WELKIN_CLOCK_LEEWAY", "-1"),
            ("WELKIN_CLOCK_LEEWAY", "301"),
            ("WELKIN_SESSION_IDLE", "15m"),
            ("WELKIN_SESSION_MAX", "0"),
            ("WELKIN_HANDOFF", "yes"),
            ("WELKIN_PROVIDER_ID", "a b"),
            ("WELKIN_APPS", "Main"),
            ("WELKIN_APPS", "main,main"),
            ("WELKIN_APPS", ","),
            ("WELKIN_CONFIG", "/nonexistent"),
            ("WELKIN_CREDENTIALS_FILE", "/nonexistent"),
            ("WELKIN_STATE_DIR", "/nonexistent"),
            ("WELKIN_SESSION_KEYS_FILE", "/nonexistent"),
        ])
    func wrong(_ setting: String, _ value: String) {
        let loaded = load([setting: value])
        #expect(loaded.value == nil)
        #expect(loaded.problems.map(\.setting) == [setting])
        if setting == "WELKIN_SESSION_KEY" { #expect(!loaded.problems[0].description.contains(value)) }
    }

    @Test("A settings file that cannot be read is the only problem: what is missing may be in it")
    func unreadableFile() {
        let environment = ["WELKIN_CONFIG": "/nonexistent/welkin.env", "WELKIN_SESSION_IDEL": "60"]
        let loaded = LaunchSettings.load(environment: environment)
        #expect(loaded.value == nil && loaded.warnings.isEmpty)
        #expect(loaded.problems.map(\.setting) == ["WELKIN_CONFIG"])
        #expect(LaunchSettings.unknownNames(environment: environment).isEmpty)
        // Without the file's name everything that is missing is.
        #expect(LaunchSettings.load(environment: [:]).problems.count > 1)
    }

    @Test("A name that nearly is a setting's is told with what it may mean")
    func nearNames() {
        let told = LaunchSettings.unknownNames(environment: ["WELKIN_SESSION_IDEL": "60", "WELKIN_COLOUR": "red"])
        #expect(told.map(\.setting) == ["WELKIN_COLOUR", "WELKIN_SESSION_IDEL"])
        #expect(told[1].description.hasSuffix("Did you mean WELKIN_SESSION_IDLE?"))
        #expect(!told[0].description.contains("Did you mean"))
    }

    @Test(
        "App URLs and the folder that they hang under",
        arguments: [
            ("https://app.example/launch", "/"),
            ("https://host.example/clinic/launch", "/clinic/"),
            ("https://host.example:8443/a/b/launch", "/a/b/"),
            ("http://localhost:8080/launch", "/"),
            ("http://app.localhost/launch", "/"),
        ])
    func folders(_ url: String, _ folder: String) throws {
        #expect(try #require(load(["WELKIN_APP_URL": url]).value?.apps.first).url.folder == folder)
    }

    @Test("Several Apps have their own settings and fall back to the plain ones")
    func severalApps() throws {
        let loaded = load([
            "WELKIN_APPS": "main, video", "WELKIN_VIDEO_CLIENT_ID": "client-2",
            "WELKIN_VIDEO_CLIENT_SECRET": "another-secret-of-thirty-two-bytes", "WELKIN_VIDEO_SESSION_IDLE": "60",
            "WELKIN_PROVIDER_ID": "p",
        ])
        let settings = try #require(loaded.value, "\(loaded.problems)")
        let video = try #require(settings.app(named: AppName("video")!))
        #expect(video.url.text == "https://app.example/launch/video")
        #expect(video.secrets.map(\.client.text) == ["client-2"])
        #expect(video.policy.idle == 60)
        #expect(video.policy.provider?.text == "p")
        #expect(settings.app(named: .main)?.secrets.map(\.client.text) == ["client-1"])
        #expect(settings.app(named: .main)?.policy.idle == 900)
    }

    @Test("Credentials and keys come from files, several of each; a readable file is warned about")
    func files() throws {
        let folder = try TemporaryFolder()
        let credentials = try folder.write(
            "credentials", "# two live secrets\nclient-1 first secret-less\n", permissions: 0o644)
        #expect(load(["WELKIN_CREDENTIALS_FILE": credentials]).problems.map(\.setting) == ["WELKIN_CREDENTIALS_FILE"])
        try folder.write(
            "credentials",
            "# two live secrets\nclient-1 0123456789abcdef0123456789abcdef\n\nclient-1\tbase64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nclient-2 sixteen-bytes-is-ok\n",
            permissions: 0o644)
        let keys = try folder.write(
            "keys",
            """
            # the first one signs
            \(Deployment.key("first key, thirty-two bytes and more"))
            ; old
            ;\(Deployment.key("a leaked key, thirty-two bytes and more"))
              \(Deployment.key("second key, thirty-two bytes and more"))\r

            """)
        let loaded = load([
            "WELKIN_CLIENT_ID": nil, "WELKIN_CLIENT_SECRET": nil, "WELKIN_SESSION_KEY": nil,
            "WELKIN_CREDENTIALS_FILE": credentials, "WELKIN_SESSION_KEYS_FILE": keys,
        ])
        #expect(loaded.value?.apps.first?.secrets.map(\.client.text) == ["client-1", "client-1", "client-2"])
        #expect(loaded.value?.keys.shortIDs.count == 2)
        #expect(loaded.warnings.map(\.setting) == ["WELKIN_CREDENTIALS_FILE", "WELKIN_CREDENTIALS_FILE"])
        #expect(loaded.files.map(\.path) == [credentials, keys])
    }

    @Test("A configuration file is read as systemd reads it, and the environment goes before it")
    func configuration() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "welkin.env",
            "# comment\n; too\nWELKIN_ISSUER = \"an \\\"issuer\\\"\"\nWELKIN_SESSION_IDLE=60\nWELKIN_PROVIDER_ID='p'\n")
        let app = try #require(load(["WELKIN_CONFIG": path, "WELKIN_SESSION_IDLE": "120"]).value?.apps.first)
        #expect(app.issuer == #"an "issuer""#)
        #expect(app.policy.idle == 120)
        #expect(app.policy.provider?.text == "p")
        try folder.write("welkin.env", "WELKIN_ISSUER\n")
        #expect(load(["WELKIN_CONFIG": path]).problems.map(\.setting) == ["WELKIN_CONFIG"])
    }

    @Test(
        "A line that only looks like a setting is a problem, and a secret in it is not printed",
        arguments: [
            "export WELKIN_PROVIDER_ID=p", "WELKIN_CLIENT_SECRET hunter2hunter2hunter2==",
            "WELKIN_SESSION_KEY: base64:hunter2=", "=x", "1A=b", "NAME",
        ])
    func badLines(_ line: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("welkin.env", "WELKIN_ISSUER=x\n\(line)\n")
        let loaded = load(["WELKIN_CONFIG": path])
        #expect(loaded.problems.map(\.setting) == ["WELKIN_CONFIG"])
        #expect(!loaded.problems.contains { $0.description.contains("hunter2") })
        #expect(loaded.problems[0].problem.contains("line 2"))
    }

    @Test("Swapped columns and cut secrets are refused, and not printed")
    func badCredentials() throws {
        let folder = try TemporaryFolder()
        let secret = "0123456789abcdef0123456789abcdef0123456789abcdef"
        for line in ["\(secret) client-1", "client-1 0123456789abcde"] {
            let path = try folder.write("credentials", line + "\n")
            let loaded = load(["WELKIN_CREDENTIALS_FILE": path])
            #expect(loaded.problems.map(\.setting) == ["WELKIN_CREDENTIALS_FILE"])
            #expect(!loaded.problems.contains { $0.description.contains("0123456789") })
        }
    }

    @Test("A name that is nearly right is warned about")
    func typo() {
        let environment = Deployment.standard.merging([
            "WELKIN_CLIENT_SECRTE": "x", "WELKIN_APPS": "main,video", "WELKIN_VIDEO_ISSUER": "y",
            "WELKIN_AUDIO_ISSUER": "z",
        ]) { $1 }
        #expect(
            LaunchSettings.unknownNames(environment: environment).map(\.setting) == [
                "WELKIN_AUDIO_ISSUER", "WELKIN_CLIENT_SECRTE",
            ])
    }

    @Test("A state folder in which others may write is refused")
    func stateFolder() throws {
        let folder = try TemporaryFolder()
        #expect(load(["WELKIN_STATE_DIR": folder.path]).problems.isEmpty)
        #expect(load(["WELKIN_STATE_DIR": "/tmp"]).problems.map(\.setting) == ["WELKIN_STATE_DIR"])
        let missing = folder.path + "/none"
        #expect(load(["WELKIN_STATE_DIR": missing]).problems.first?.remedy.hasSuffix(" -m 700 \(missing)") == true)
        #expect(load(["WELKIN_STATE_DIR": "/none/none"]).problems.first?.remedy.hasSuffix(" -m 700 FOLDER") == true)
    }

    @Test("An App whose settings would be the worker's is refused, and one that is called nearly so is not")
    func workersSettings() {
        let loaded = load(["WELKIN_APPS": "main,data"])
        #expect(loaded.problems.map(\.setting) == ["WELKIN_APPS"])
        #expect(loaded.problems.first?.problem.contains("WELKIN_DATA_CLIENT_ID") == true)
        #expect(load(["WELKIN_APPS": "main,data-2,sync,session"]).problems.isEmpty)
    }

    @Test("The first request after a change that is some seconds old has the new settings")
    func settledReload() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("credentials", "client-1 0123456789abcdef0123456789abcdef\n")
        var environment = Deployment.standard
        environment["WELKIN_CLIENT_SECRET"] = nil
        environment["WELKIN_CREDENTIALS_FILE"] = path
        let now = Clock.now
        let store = SettingsStore(environment: environment, now: now)
        func clients(_ now: UnixTime) -> [String]? { store.current(now: now)?.apps[0].secrets.map(\.client.text) }
        try folder.write("credentials", "client-2 0123456789abcdef0123456789abcdef\n")
        // Somebody may still be writing.
        #expect(clients(now + 1) == ["client-1"])
        try folder.write("credentials", "client-3 0123456789abcdef0123456789abcdef\n")
        #expect(clients(now + 60) == ["client-3"])
        try folder.write("credentials", "broken\n")
        #expect(clients(now + 120) == ["client-3"])
    }

    @Test("Files that change are read again, and wrong ones do not replace right ones")
    func reload() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("credentials", "client-1 0123456789abcdef0123456789abcdef\n")
        var environment = Deployment.standard
        environment["WELKIN_CLIENT_SECRET"] = nil
        environment["WELKIN_CREDENTIALS_FILE"] = path
        let store = SettingsStore(environment: environment, now: 1)
        func clients(_ now: UnixTime) -> [String]? { store.current(now: now)?.apps[0].secrets.map(\.client.text) }
        #expect(clients(2) == ["client-1"])
        let two = "client-1 0123456789abcdef0123456789abcdef\nclient-2 0123456789abcdef0123456789abcdef\n"
        try folder.write("credentials", two)
        // Seen at the next look, taken over when it has not changed until the one after.
        #expect(clients(2) == ["client-1"])
        #expect(clients(3) == ["client-1"])
        try folder.write("credentials", two + "# still writing\n")
        #expect(clients(4) == ["client-1"])
        #expect(clients(5) == ["client-1", "client-2"])
        try folder.write("credentials", "broken\n")
        #expect(clients(6) == ["client-1", "client-2"])
        #expect(clients(7) == ["client-1", "client-2"])
        try folder.write("credentials", "client-3 0123456789abcdef0123456789abcdef\n")
        #expect(clients(8) == ["client-1", "client-2"])
        #expect(clients(9) == ["client-3"])
    }
}
