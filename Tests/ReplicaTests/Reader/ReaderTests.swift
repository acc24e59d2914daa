import Identifiers
import Records
import Foundation
import GRDB
import Replica
import StoreFiles
import TestSupport
import Testing

@Suite("Reading a replica for the page")
struct ReaderTests {
    private let fixture: ReaderFixture

    init() throws { fixture = try ReaderFixture() }

    private var replica: SQLiteReplica { fixture.replica }

    @Test("A record comes as it is stored, deleted or not; where there is none, or no table, none does")
    func record() async throws {
        let reader = try fixture.reader()
        #expect(try reader.record("a", of: .patients) == nil)
        try await replica.take([Sample.patient("a"), Sample.patient("b", updated: nil)])
        try await replica.markDeleted(["b"], of: "patients", at: Sample.noon)
        // The table is new.
        #expect(try !reader.isCurrent())
        let next = try fixture.reader()
        for id in ["a", "b", "c"] {
            #expect(try await next.record(id, of: .patients) == replica.record(id, of: "patients"))
        }
        #expect(try next.record("a", of: .workers) == nil)
        #expect(try next.isCurrent())
    }

    @Test("It sees what another connection commits, and within a snapshot what was there at first")
    func snapshots() async throws {
        try await replica.take([Sample.patient("a")])
        let reader = try fixture.reader()
        let path = fixture.folder.replica
        try reader.begin()
        #expect(try reader.record("b", of: .patients) == nil)
        let writer = try SQLiteReplica(path: path, provider: ProviderID("provider-1")!)
        try await writer.take([Sample.patient("b")])
        #expect(try reader.record("b", of: .patients) == nil)
        try reader.end()
        #expect(try reader.record("b", of: .patients)?.id == "b")
        #expect(try reader.isCurrent())
        // What throws ends its snapshot.
        #expect(throws: ReplicaError.self) {
            try reader.snapshot { () throws(ReplicaError) in
                _ = try reader.records(of: .patients, where: [], order: .newest, limit: 1)
            }
        }
        try await writer.take([Sample.patient("c")])
        #expect(try reader.snapshot { () throws(ReplicaError) in try reader.record("c", of: .patients)?.id } == "c")
    }

    @Test("While another program writes it reads; while one holds the whole file, it says so")
    func locked() async throws {
        try await replica.take([Sample.patient("a")])
        let reader = try fixture.reader()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: fixture.folder.replica, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(try reader.record("a", of: .patients)?.id == "a")
        #expect(try fixture.reader().isCurrent())
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try other.close()
        try await replica.close()
        // Only whoever is alone can take all of it.
        let path = URL(filePath: fixture.folder.replica).resolvingSymlinksInPath().path
        let alone = try ReaderFixture()
        try await alone.replica.take([Sample.patient("a")])
        try await alone.replica.queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT")
        }
        let alonePath = URL(filePath: alone.folder.replica).resolvingSymlinksInPath().path
        #expect(path != alonePath)
        #expect(throws: ReplicaError.locked(path: alonePath)) { try alone.reader() }
    }

    @Test("A file that was removed or replaced is not current, and neither is one with another index")
    func current() async throws {
        try await replica.take([Sample.patient("a")])
        let reader = try fixture.reader()
        #expect(try reader.isCurrent())
        try await replica.take([Sample.patient("b")])
        #expect(try reader.isCurrent())
        try await replica.queue.write { try $0.execute(sql: "CREATE INDEX own ON patients (city)") }
        #expect(try !reader.isCurrent())
        let next = try fixture.reader()
        let path = fixture.folder.replica
        try FileManager.default.moveItem(atPath: path, toPath: path + ".aside")
        #expect(try !next.isCurrent())
        #expect(throws: ReplicaError.self) { try fixture.reader() }
        try FileManager.default.copyItem(atPath: path + ".aside", toPath: path)
        #expect(try !next.isCurrent())
    }

    @Test("It opens what a store that reads opens, and refuses the same")
    func refusals() async throws {
        let path = fixture.folder.replica
        func refusal(_ path: String, _ provider: String = "provider-1") -> [ReplicaError?] {
            let provider = ProviderID(provider)!
            func error(_ open: () throws -> Void) -> ReplicaError? {
                do { try open() } catch { return error as? ReplicaError }
                return nil
            }
            return [
                error { _ = try ReplicaReader(path: path, provider: provider) },
                error { _ = try SQLiteReplica(readingFrom: path, provider: provider) },
            ]
        }
        func expect(
            _ expected: (ReplicaError?) -> Bool, _ path: String, _ provider: String = "provider-1",
            _ location: SourceLocation = #_sourceLocation
        ) {
            let errors = refusal(path, provider)
            #expect(errors[0] == errors[1], sourceLocation: location)
            #expect(expected(errors[0]), "\(errors)", sourceLocation: location)
        }
        func change(_ sql: String) async throws { try await replica.queue.write { try $0.execute(sql: sql) } }
        expect({ $0 == nil }, path)
        expect({ $0 == nil }, path, "PROVIDER-1")
        expect({ $0 == .otherProvider(found: "provider-1", expected: "provider-2") }, path, "provider-2")
        expect({ if case .file(.missing(_)) = $0 { true } else { false } }, path + "x")
        try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
        expect({ if case .file(.symbolicLink(_)) = $0 { true } else { false } }, path + "-link")
        try await change("UPDATE welkin_meta SET value = '3' WHERE name = 'schema'")
        expect({ $0 == .olderSchema(found: 3, known: 4) }, path)
        try await change("UPDATE welkin_meta SET value = '99' WHERE name = 'schema'")
        expect({ $0 == .newerSchema(found: 99, known: 4) }, path)
        try await change("UPDATE welkin_meta SET value = 'x' WHERE name = 'schema'")
        expect({ if case .corrupt = $0 { true } else { false } }, path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        expect({ if case .file(.openToOthers(_, _)) = $0 { true } else { false } }, path)
        let foreign = fixture.folder.path("foreign.sqlite")
        try await DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE x (y)") }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: foreign)
        expect({ if case .notAReplica = $0 { true } else { false } }, foreign)
        _ = try fixture.folder.write("text.sqlite", String(repeating: "no database ", count: 100))
        expect({ if case .corrupt = $0 { true } else { false } }, fixture.folder.path("text.sqlite"))
        _ = try fixture.folder.write("empty.sqlite", "")
        expect({ if case .file(.missing(_)) = $0 { true } else { false } }, fixture.folder.path("empty.sqlite"))
    }

    @Test("As old as the resource that was pulled the longest ago, and unknown while one never was")
    func freshness() async throws {
        let reader = try fixture.reader()
        func succeed(_ resource: Resource, _ filter: Filter? = nil, at instant: Instant) async throws {
            try await replica.recordRun(
                .succeeded(at: instant, CommitCounts()), of: StreamID(resource: resource.name, filter: filter))
        }
        #expect(try reader.freshness(of: [.patients]) == nil)
        #expect(try reader.freshness(of: []) == nil)
        try await succeed(.patients, at: Sample.noon)
        #expect(try reader.freshness(of: [.patients]) == Sample.noon)
        #expect(try reader.freshness(of: [.patients, .workers]) == nil)
        try await succeed(.workers, at: Sample.morning)
        #expect(try reader.freshness(of: [.patients, .workers]) == Sample.morning)
        // A later failure takes nothing away.
        try await replica.recordRun(.failed(at: Sample.received, code: "x"), of: StreamID(resource: "workers"))
        #expect(try reader.freshness(of: [.patients, .workers]) == Sample.morning)
        // Of several streams the oldest, and none while one of them is on its first way.
        try await succeed(.alerts, Filter("alert_type", "a"), at: Sample.noon)
        #expect(try reader.freshness(of: [.alerts]) == Sample.noon)
        let inner = StreamState(window: StreamWindow(from: nil, to: Sample.noon), place: "1")
        _ = try await replica.commit(Sample.page([], of: .alerts, filter: Filter("alert_type", "b"), next: inner))
        #expect(try reader.freshness(of: [.alerts]) == nil)
        try await succeed(.alerts, Filter("alert_type", "b"), at: Sample.morning)
        #expect(try reader.freshness(of: [.alerts]) == Sample.morning)
    }

    @Test(
        "A place's text is read back, and nothing else is",
        arguments: [
            "", "x", "n0", "n1:a", "i1:x", "i2:1", "t5:abc", "t-1:a", "q0:a", "n0:", "t0:", "i1:7a", "t3:a:bé:c",
        ])
    func keys(text: String) {
        let isOne = ["n0:", "t0:", "i1:7a", "t3:a:bé:c"].contains(text)
        #expect(RecordKey(text)?.text == (isOne ? text : nil))
    }
}
