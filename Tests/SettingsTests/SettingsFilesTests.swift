import Platform
import Settings
import Testing

/// `WELKIN_CONFIG` with several files.
@Suite("Settings from several files")
struct SettingsFilesTests {
    private func source(_ files: [String: String], _ config: String, _ more: [String: String] = [:]) -> SettingsSource {
        SettingsSource(environment: more.merging(["WELKIN_CONFIG": config]) { $1 }) { path in
            guard let text = files[path] else { return .failure(TextFile.ReadError(reason: "it is not there")) }
            return .success(TextFile(text: text, isReadableByEverybody: false, stamp: FileStamp(of: "/")!))
        }
    }

    private static let files = [
        "/a": "WELKIN_ISSUER=one\nWELKIN_PROVIDER_ID=p", "/b": "WELKIN_REPLICA=/r\nWELKIN_PROVIDER_ID=p",
        "/c": "WELKIN_PROVIDER_ID=q",
    ]

    @Test("Each gives its own, and may agree with another") func both() {
        let source = source(Self.files, "/a:/b")
        #expect(source["WELKIN_ISSUER"] == "one" && source["WELKIN_REPLICA"] == "/r")
        #expect(source["WELKIN_PROVIDER_ID"] == "p")
        #expect(source.problems.isEmpty && source.files.map(\.path) == ["/a", "/b"])
    }

    @Test("Two values of a name are a problem that shows neither", arguments: ["/a:/c", "/c:/a"])
    func conflict(_ config: String) {
        let source = source(Self.files, config)
        #expect(source.problems.map(\.setting) == ["WELKIN_CONFIG"])
        let problem = source.problems[0].problem
        #expect(problem.contains("WELKIN_PROVIDER_ID") && problem.contains("/a") && problem.contains("/c"))
        #expect(!"\(source.problems)".contains("=q"))
    }

    @Test("The environment overrules all of them") func environment() {
        let source = source(Self.files, "/a:/c", ["WELKIN_PROVIDER_ID": "e"])
        #expect(source["WELKIN_PROVIDER_ID"] == "e" && source.problems.isEmpty)
    }

    @Test("One that cannot be read is the only problem") func missing() {
        let source = source(Self.files, "/a:/nothing")
        #expect(source.lacksFile && source.problems.count == 1)
    }

    @Test("One of some words, or the default") func choice() {
        var source = source([:], "", ["WELKIN_ACCESS": "all"])
        #expect(source.choice(.access) == "all" && source.choice(.schedule) == "own" && source.problems.isEmpty)
        source = self.source([:], "", ["WELKIN_ACCESS": "everybody"])
        #expect(source.choice(.access) == "assigned")
        #expect(source.problems.map(\.setting) == ["WELKIN_ACCESS"])
        #expect(!"\(source.problems)".contains("everybody"))
    }
}
