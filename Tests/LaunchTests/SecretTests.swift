import Identifiers
import Launch
import Sessions
import Settings
import TestSupport
import Testing

@Suite("Secrets in settings and files")
struct SecretTests {
    private static let secret = Deployment.secret
    private static let key = Deployment.key("session key, thirty-two bytes long")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ changes: [String: String?]) -> LoadedSettings<LaunchSettings> {
        var environment = Deployment.standard
        for (name, value) in changes { environment[name] = value }
        return LaunchSettings.load(environment: environment)
    }

    /// No problem and no warning may have a part of a secret in it.
    private func expectSilence(_ loaded: LoadedSettings<LaunchSettings>, about texts: String...) {
        for said in loaded.problems + loaded.warnings {
            for text in texts where !text.isEmpty { #expect(!said.description.contains(text), "\(said.setting)") }
        }
    }

    @Test("A key is what generate-key prints, in a setting and in a line of a file")
    func goodKey() throws {
        let key = SessionKeys.newKey()
        #expect(load(["WELKIN_SESSION_KEY": key]).value?.keys.shortIDs.count == 1)
        let file = try folder.write("keys", "# first\n\(key)\n; second\n\n \(SessionKeys.newKey())\t\r\n")
        let loaded = load(["WELKIN_SESSION_KEY": nil, "WELKIN_SESSION_KEYS_FILE": file])
        #expect(loaded.value?.keys.shortIDs.count == 2 && loaded.warnings.isEmpty)
    }

    @Test(
        "Any other line of a file of keys is refused with its number, and not shown",
        arguments: [
            "the first line signs, all lines verify, and no text is a key",
            "0123456789abcdef0123456789abcdef",
            "WELKIN_SESSION_KEY=\(key)",
            "export WELKIN_SESSION_KEY=\(key)",
            "\"\(key)\"",
            "'\(key)'",
            "\(key) # the old one",
            "\(key)\u{A0}",
            "\u{200B}\(key)",
            "\u{FEFF}\(key)",
            "BASE64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
            "base64:",
            "//\(key)",
            "- \(key)",
        ])
    func badKeyLine(_ line: String) throws {
        let file = try folder.write("keys", "# the first one signs\n\(Self.key)\n\(line)\n")
        let loaded = load(["WELKIN_SESSION_KEY": nil, "WELKIN_SESSION_KEYS_FILE": file])
        #expect(loaded.value == nil)
        #expect(loaded.problems.map(\.setting) == ["WELKIN_SESSION_KEYS_FILE"])
        #expect(loaded.problems.first?.problem.contains("line 3 of \(file)") == true)
        expectSilence(loaded, about: line, String(Self.key.dropFirst(7)), "0123456789", "AAECAw")
    }

    @Test(
        "A client secret with anything around it is refused, and not shown",
        arguments: [
            "\"\(secret)\"", "'\(secret)'", "`\(secret)`", "\"\(secret)", "“\(secret)”", "\u{FEFF}\(secret)",
            "\(secret)\u{A0}", "\u{200B}\(secret)", "\(secret)\u{200D}", " \(secret)", "\(secret) # the secret",
            "\(secret)\n", "\(secret)\t", "WELKIN_CLIENT_SECRET=\(secret)", "secret=\(secret)", "\(secret)\u{1}",
        ])
    func badSecret(_ text: String) {
        let loaded = load(["WELKIN_CLIENT_SECRET": text])
        #expect(loaded.value == nil)
        #expect(loaded.problems.map(\.setting) == ["WELKIN_CLIENT_SECRET"])
        expectSilence(loaded, about: Self.secret)
    }

    @Test(
        "Every other sign of ASCII may be in one, padding too, and bytes in base64",
        arguments: [
            secret, "aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxkIQ==", "!#$%&()*+,-./:;<=>?@[]^_{|}~\"'`0123456789",
            "#}B{KGTG6;zG%P=tQm0C+}B{KGTG6;zG", "Kq7=xV9#mP2$wZ4%Kq7=xV9#mP2$wZ4%", ";'B{KGTG6;zG%P=tQm0C+}B{KGTG6;zG",
            "base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ])
    func goodSecret(_ text: String) {
        let loaded = load(["WELKIN_CLIENT_SECRET": text])
        #expect(loaded.problems.isEmpty && loaded.warnings.isEmpty, "\(loaded.problems)")
    }

    @Test(
        "A line of credentials that is not one is refused with its number, and not shown",
        arguments: [
            "client-1 \(secret) # the old one", "client-1 \"\(secret)\"", "client-1 WELKIN_CLIENT_SECRET=\(secret)",
            "WELKIN_CLIENT_ID=client-1 \(secret)", "\u{FEFF}client-1 \(secret)", "client-1\u{A0}\(secret)",
            "client-1 \(secret)\u{200B}", "client-1=\(secret)", "client-1 base64:\(secret)!",
            "client-1 0123456789abcde",
        ])
    func badCredentials(_ line: String) throws {
        let file = try folder.write("credentials", "; live\nclient-1 \(Self.secret)\n\(line)\n")
        let loaded = load(["WELKIN_CREDENTIALS_FILE": file])
        #expect(loaded.value == nil)
        #expect(loaded.problems.map(\.setting) == ["WELKIN_CREDENTIALS_FILE"])
        #expect(loaded.problems.first?.problem.contains("line 3 of \(file)") == true)
        expectSilence(loaded, about: Self.secret, "0123456789", "client-1")
    }

    @Test("Lines of credentials may be commented out with # and ;")
    func comments() throws {
        let file = try folder.write("credentials", "#client-0 x\n;client-0 x\n\nclient-1\t\(Self.secret)\r\n")
        let loaded = load(["WELKIN_CLIENT_ID": nil, "WELKIN_CLIENT_SECRET": nil, "WELKIN_CREDENTIALS_FILE": file])
        #expect(loaded.value?.apps.first?.secrets.map(\.client.text) == ["client-1"])
    }

    @Test("A client id and a secret that are swapped are warned of where their form tells, and never shown")
    func swapped() throws {
        let (id, secret) = ("3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6", "kT9vQ2xw7RmLp4Zc8NbYd3Hs6Jf1Ga5e")
        let swapped = load(["WELKIN_CLIENT_ID": secret, "WELKIN_CLIENT_SECRET": id])
        #expect(swapped.warnings.contains { $0.problem.contains("are they swapped?") })
        expectSilence(swapped, about: secret, id)
        #expect(load(["WELKIN_CLIENT_ID": id, "WELKIN_CLIENT_SECRET": secret]).warnings.isEmpty)
        let file = try folder.write("credentials", "\(secret) \(id)\n\(secret + secret) \(id)\n")
        let inFile = load(["WELKIN_CREDENTIALS_FILE": file])
        #expect(inFile.problems.map(\.setting) == ["WELKIN_CREDENTIALS_FILE"])
        #expect(inFile.warnings.map(\.setting) == ["WELKIN_CREDENTIALS_FILE"])
        expectSilence(inFile, about: secret, id)
    }

    @Test(
        "What is put where a path belongs is shown only where it is in a folder of this machine",
        arguments: ["WELKIN_SESSION_KEYS_FILE", "WELKIN_CREDENTIALS_FILE", "WELKIN_STATE_DIR", "WELKIN_CONFIG"])
    func secretForPath(_ setting: String) {
        for value in [Self.secret, Self.key, "/\(Self.secret)", "/a/\(Self.secret)", "~/\(Self.secret)"] {
            let loaded = load([setting: value])
            #expect(loaded.problems.map(\.setting) == [setting])
            expectSilence(loaded, about: Self.secret, Self.key)
        }
        let missing = "\(folder.path)/none"
        #expect(load([setting: missing]).problems.first?.problem.contains(missing) == true)
    }

    @Test(
        "No setting's value is repeated, whatever stands where",
        arguments: [
            "WELKIN_APP_URL", "WELKIN_CLIENT_ID", "WELKIN_CLIENT_SECRET", "WELKIN_CREDENTIALS_FILE",
            "WELKIN_PROVIDER_ID",
            "WELKIN_HOST_ORIGIN", "WELKIN_CLOCK_LEEWAY", "WELKIN_SESSION_IDLE", "WELKIN_SESSION_MAX", "WELKIN_HANDOFF",
            "WELKIN_SESSION_KEY", "WELKIN_SESSION_KEYS_FILE", "WELKIN_STATE_DIR", "WELKIN_CONFIG", "WELKIN_APPS",
        ])
    func misplaced(_ setting: String) {
        for value in ["kT9vQ2xw7Rm Lp4Zc8NbYd3Hs6Jf1", "kT9vQ2xw7RmLp4Zc8NbYd3Hs6Jf1Ga5ekT9vQ2xw7RmLp4Zc8"] {
            expectSilence(load([setting: value]), about: value, "kT9vQ2xw7Rm", "Lp4Zc8NbYd3Hs6Jf1")
        }
    }
}
