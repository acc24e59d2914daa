import DataAPI
import Identifiers
import Journal
import Settings
import Testing
import WorkerProgram

@Suite("The audit as it is printed") struct AuditTests {
    private static let entry = StoredAuditEntry(
        number: 1,
        entry: AuditEntry(
            time: Instant("2026-01-02T03:04:05.6Z")!,
            actor: .session(app: .main, launch: "5f6e", worker: WorkerID("2c75593b-acce-46ec-9ab3-bb642ba7cc0e")!),
            route: "records/find", resource: "visits", count: 1))

    @Test("A row is cut to a terminal, and never to less than 80 columns", arguments: [20, 80, 100])
    func width(width: Int) {
        let start = "2026-01-02 03:04:05  2c75593b…  -          ok             records/find visi"
        let text = AuditLine.text(Self.entry, width: width)
        #expect(text == start + (width == 100 ? "ts 1 record\n" : "ts …\n"))
        #expect(AuditLine.text(Self.entry, width: nil) == start + "ts 1 record\n")
    }

    @Test("A date at the end is in the span as a whole; an instant is its end")
    func span() {
        #expect(AuditSpan.beginning("2026-01-31") == Instant("2026-01-31T00:00:00Z"))
        #expect(AuditSpan.end("2026-01-31") == Instant("2026-02-01T00:00:00Z"))
        #expect(AuditSpan.end("2026-01-31T08:00:00+01:00") == Instant("2026-01-31T07:00:00Z"))
        #expect(AuditSpan.end("2026-01-32") == nil && AuditSpan.beginning("today") == nil)
    }

    @Test("An account is named by the password file, or by its number")
    func accounts() {
        let text = "root:x:0:0:root:/root:/bin/sh\nwelkin:x:998:998::/nonexistent:/bin/false\n:x:7:\nbroken\n"
        #expect(OperatorAccount.name(of: 998, in: text) == "welkin")
        #expect(OperatorAccount.name(of: 0, in: text) == "root")
        for number in [UInt32(99), 7, 9_980] {
            #expect(OperatorAccount.name(of: number, in: text) == "user id \(number)")
        }
    }

    @Test("The journal is beside the replica unless it is named, and is never the replica")
    func settings() throws {
        let environment = ["WELKIN_REPLICA": "/srv/w/replica.db", "WELKIN_PROVIDER_ID": "p1"]
        func load(_ changes: [String: String]) -> (JournalSettings?, [String]) {
            let loaded = JournalSettings.load(environment: environment.merging(changes) { $1 })
            return (loaded.value, loaded.problems.map(\.setting))
        }
        let settings = try #require(load([:]).0)
        #expect(settings.path == "/srv/w/journal.db" && settings.auditLifetime == .seconds(2192 * 86_400))
        #expect(load(["WELKIN_JOURNAL": "/srv/j.db"]).0?.path == "/srv/j.db")
        #expect(load(["WELKIN_AUDIT_DAYS": "30"]).0?.auditLifetime == .seconds(30 * 86_400))
        for (name, value) in [
            ("WELKIN_JOURNAL", "/srv/w/replica.db"), ("WELKIN_JOURNAL", "journal.db"), ("WELKIN_AUDIT_DAYS", "0"),
            ("WELKIN_PROVIDER_ID", ""), ("WELKIN_REPLICA", ""),
        ] {
            let (value, problems) = load([name: value])
            #expect(value == nil && problems == [name])
        }
    }
}
