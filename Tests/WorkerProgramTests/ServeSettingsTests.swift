import DataAPI
import DataService
import Identifiers
import Platform
import Records
import Sessions
import Settings
import Testing
import WorkerProgram

@Suite("Settings of serve") struct ServeSettingsTests {
    private static let good = [
        "WELKIN_DATA_CLIENT_ID": "demo", "WELKIN_DATA_CLIENT_SECRET": "a-secret-for-the-data-api",
        "WELKIN_PROVIDER_ID": "2c75593b-acce-46ec-9ab3-bb642ba7cc0e", "WELKIN_REPLICA": "/tmp/replica.db",
        "WELKIN_APP_URL": "https://app.example.org/launch",
        "WELKIN_SESSION_KEY": "base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ]

    private func load(_ changes: [String: String?]) -> LoadedSettings<ServeSettings> {
        var environment = Self.good
        for (name, value) in changes { environment[name] = value }
        return ServeSettings.load(environment: environment)
    }

    @Test("The worker's four and the handler's two are enough") func enough() throws {
        let loaded = load([:])
        let settings = try #require(loaded.value, "\(loaded.problems)")
        #expect(loaded.warnings.isEmpty)
        #expect(settings.service.apps.map(\.policy.app.text) == ["main"])
        #expect(settings.service.access == .assigned && settings.service.showsSchedule && settings.service.notes == nil)
        #expect(settings.service.apps[0].readable == .standard(noteType: nil))
        #expect(settings.journal.path == "/tmp/journal.db" && settings.service.timeZone == "UTC")
    }

    @Test("Each of the six is missed by its name") func missing() {
        for name in Self.good.keys {
            let loaded = load([name: nil as String?])
            #expect(loaded.value == nil && loaded.problems.map(\.setting) == [name])
        }
    }

    @Test(
        "What cannot be is refused by its name, and the value is not repeated",
        arguments: [
            ["WELKIN_TIMEZONE": "Mars/Olympus"],
            ["WELKIN_ACCESS": "Mars"],
            ["WELKIN_SCHEDULE": "Mars"],
            ["WELKIN_STALE_AFTER": "Mars"],
            ["WELKIN_READABLE": "Mars"],
            ["WELKIN_READABLE": "patients.Mars"],
            ["WELKIN_NOTE_FIELDS": "text=Mars"],
        ])
    func refused(_ change: [String: String]) {
        let loaded = load(change.mapValues { $0 })
        #expect(loaded.value == nil && loaded.problems.map(\.setting) == Array(change.keys))
        #expect(!"\(loaded.problems)".contains("Mars"))
    }

    @Test(
        "The members of a note",
        arguments: [
            ("text=note_text,author=written_by", true), ("author=written_by", false), ("text=", false),
            ("text=a,text=b", false), ("text=a,colour=b", false), ("note_text", false),
        ])
    func notes(_ fields: String, isValid: Bool) throws {
        let loaded = load(["WELKIN_NOTE_TYPE": "_note", "WELKIN_NOTE_FIELDS": fields])
        #expect((loaded.value != nil) == isValid)
        guard isValid else { return #expect(loaded.problems.map(\.setting) == ["WELKIN_NOTE_FIELDS"]) }
        let notes = try #require(loaded.value?.service.notes)
        #expect(notes.type == "_note" && notes.text == "note_text" && notes.author == "written_by" && notes.at == nil)
    }

    @Test("Readable resources and fields, also of one App alone") func readable() throws {
        let loaded = load([
            "WELKIN_APPS": "main,video", "WELKIN_READABLE": "visits patients.first_name patients.last_name",
            "WELKIN_VIDEO_READABLE": "calls",
        ])
        let apps = try #require(loaded.value?.service.apps, "\(loaded.problems)")
        #expect(apps[0].readable == ReadableFields(["visits": nil, "patients": ["first_name", "last_name"]]))
        #expect(apps[1].readable == ReadableFields(["calls": nil]))
        #expect(loaded.warnings.isEmpty)
    }
}
