import Launch
import Platform
import Settings
import TestSupport
import Testing

@Suite("The file that WELKIN_CONFIG names")
struct ConfigurationFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ path: String) -> LoadedSettings<LaunchSettings> {
        LaunchSettings.load(environment: Deployment.standard.merging(["WELKIN_CONFIG": path]) { $1 })
    }

    @Test("It holds secrets: when everybody may read it, that is warned about")
    func warning() throws {
        let path = try folder.write("welkin.env", "WELKIN_ISSUER=x\n", permissions: 0o644)
        let loaded = load(path)
        #expect(loaded.value != nil)
        #expect(loaded.warnings.map(\.setting) == ["WELKIN_CONFIG"])
        #expect(loaded.warnings.first?.remedy == "chmod 640 \(path)")
        try folder.write("welkin.env", "WELKIN_ISSUER=x\n", permissions: 0o640)
        #expect(load(path).warnings.isEmpty)
    }

    @Test("It is watched, also while it is not there or wrong")
    func watched() throws {
        let path = try folder.write("welkin.env", "WELKIN_ISSUER=x\n")
        #expect(load(path).files.map(\.path) == [path])
        #expect(load(folder.path + "/none").files.map(\.path) == [folder.path + "/none"])
        try folder.write("welkin.env", "nonsense\n")
        #expect(load(path).files.map(\.path) == [path])
    }

    @Test("What changes in it is taken over while the program runs")
    func reload() throws {
        let path = try folder.write("welkin.env", "WELKIN_ISSUER=first\n")
        let store = SettingsStore(environment: Deployment.standard.merging(["WELKIN_CONFIG": path]) { $1 }, now: 1)
        func issuer(_ now: UnixTime) -> String? { store.current(now: now)?.apps[0].issuer }
        #expect(issuer(2) == "first")
        try folder.write("welkin.env", "WELKIN_ISSUER=second one\n")
        _ = issuer(3)
        #expect(issuer(4) == "second one")
    }
}
