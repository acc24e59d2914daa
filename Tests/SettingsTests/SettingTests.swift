import Identifiers
import Settings
import Testing

@Suite("The declared settings")
struct SettingTests {
    @Test("No name stands twice, also as an App's own")
    func names() {
        let names = Setting.all.map(\.name)
        #expect(Set(names).count == names.count)
        let own = Setting.all.filter(\.isPerApp).map { $0.name(for: AppName("video-2")!) }
        #expect(own.contains("WELKIN_VIDEO_2_SESSION_IDLE"))
        #expect(Set(own).isDisjoint(with: names))
    }

    @Test("A number has a default, within its range", arguments: Setting.all.map(\.name))
    func numbers(name: String) throws {
        let setting = try #require(Setting.all.first { $0.name == name })
        guard case .number(let range, _) = setting.form else { return }
        let standard = try #require(setting.standardValue.flatMap { Int($0) })
        #expect(range.contains(standard))
        func read(_ value: String) -> (number: Int, problems: [SettingsProblem]) {
            var source = SettingsSource(environment: [name: value]) { _ in fatalError("reads no file") }
            return (source.number(setting), source.problems)
        }
        for number in [range.lowerBound, range.upperBound] {
            #expect(read("\(number)") == (number, []))
        }
        for value in ["\(range.lowerBound - 1)", "\(range.upperBound + 1)", "1.5", "x", "1 "] {
            let (number, problems) = read(value)
            #expect(number == standard && problems.map(\.setting) == [name])
            #expect(problems.first?.problem.contains("from \(range.lowerBound) to \(range.upperBound)") == true)
        }
    }

    @Test("A program knows the others' settings and warns of none of them", arguments: Setting.Program.allCases)
    func others(program: Setting.Program) {
        let environment = Dictionary(
            uniqueKeysWithValues: Setting.all.filter { $0.name != "WELKIN_CONFIG" }.map {
                ($0.name, "x")
            })
        let source = SettingsSource(environment: environment) { _ in fatalError("reads no file") }
        #expect(source.unknownNames(of: program, apps: [.main]).isEmpty)
    }

    @Test("Names that only begin like settings are told, with where the real ones are")
    func unknown() {
        let environment = [
            "WELKIN_SYNC_SPEED": "1", "WELKIN_COLOUR": "red", "WELKIN_REPLCA": "/r", "WELKIN_RESOURCE_LIST": "x",
        ]
        let source = SettingsSource(environment: environment) { _ in fatalError("reads no file") }
        let launch = source.unknownNames(of: .launch, apps: [.main])
        #expect(
            launch.map(\.setting) == ["WELKIN_COLOUR", "WELKIN_REPLCA", "WELKIN_RESOURCE_LIST", "WELKIN_SYNC_SPEED"])
        #expect(launch[0].remedy.hasPrefix("Run welkin-launch settings for the list"))
        let worker = source.unknownNames(of: .worker, apps: [])
        #expect(worker.map(\.setting) == ["WELKIN_REPLCA", "WELKIN_RESOURCE_LIST", "WELKIN_SYNC_SPEED"])
        #expect(
            worker.map(\.remedy) == [
                "Did you mean WELKIN_REPLICA?", "Run welkin-worker settings for the list",
                "Run welkin-worker settings for the list",
            ])
    }
}
