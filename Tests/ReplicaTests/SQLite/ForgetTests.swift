import Identifiers
import Records
import Foundation
import GRDB
import Replica
import TestSupport
import Testing

@Suite("Forgetting a resource, and a file that is gone")
struct ForgetTests {
    private let patients = StreamID(resource: "patients")
    private let logins = StreamID(resource: "audit_logs", filter: Filter("event_type", "login"))

    private func log(_ id: String, _ type: String) -> String { #"{"id": "\#(id)", "event_type": "\#(type)"}"# }

    private func withReplica(_ body: (SQLiteReplica) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
        try await replica.take([Sample.patient("p1"), Sample.patient("p2"), "oops"])
        for type in ["login", "export"] {
            try await replica.take([log(type, type)], of: .auditLogs, filter: Filter("event_type", type))
        }
        try await replica.recordRun(.failed(at: Sample.noon, code: "x"), of: logins)
        try await body(replica)
        try await replica.close()
    }

    @Test("What there is of it is counted") func belongings() async throws {
        try await withReplica { replica in
            let found = try await replica.belongings(of: patients)
            #expect((found.streams, found.records, found.quarantined) == (1, 2, 1))
            let logs = try await replica.belongings(of: StreamID(resource: "audit_logs"))
            #expect((logs.streams, logs.records) == (2, 2))
            let one = try await replica.belongings(of: logins)
            #expect((one.streams, one.records) == (1, 1))
            #expect(try await replica.belongings(of: StreamID(resource: "visits")).isEmpty)
        }
    }

    @Test("With its records nothing of it is left, and others are as they were") func resource() async throws {
        try await withReplica { replica in
            try await replica.forget(patients, records: true)
            #expect(try await replica.belongings(of: patients).isEmpty)
            #expect(try await replica.columns(of: "patients").isEmpty)
            #expect(try await replica.status().map(\.stream.resource) == ["audit_logs", "audit_logs"])
            // It can be pulled anew.
            #expect(try await replica.take([Sample.patient("p1")]).inserted == 1)
        }
    }

    @Test("Without its records they stay") func recordsStay() async throws {
        try await withReplica { replica in
            try await replica.forget(patients, records: false)
            let left = try await replica.belongings(of: patients)
            #expect((left.streams, left.records, left.quarantined) == (0, 2, 0))
        }
    }

    @Test("Of one value of a filter what it brought goes, and no more") func filter() async throws {
        try await withReplica { replica in
            try await replica.forget(logins, records: true)
            #expect(try await replica.belongings(of: logins).isEmpty)
            let left = try await replica.belongings(of: StreamID(resource: "audit_logs"))
            #expect((left.streams, left.records) == (1, 1))
        }
    }

    @Test("A name of the replica's own loses its rows and never its table") func reserved() async throws {
        try await withReplica { replica in
            #expect(!SQLiteReplica.canHold("welkin_meta") && !SQLiteReplica.canHold("sqlite_x"))
            #expect(!SQLiteReplica.canHold("pg_class") && SQLiteReplica.canHold("visits"))
            let meta = StreamID(resource: "welkin_meta")
            // As an earlier version noted it.
            try await replica.queue.write {
                try $0.execute(sql: "INSERT INTO welkin_streams (resource, filter) VALUES ('welkin_meta', '')")
            }
            try await replica.forget(meta, records: true)
            #expect(try await replica.belongings(of: meta).isEmpty)
            #expect(try await replica.queue.read { try $0.tableExists("welkin_meta") })
        }
    }

    @Test("A file that was removed or replaced is not in its place; one that is there is") func place() async throws {
        let folder = try TemporaryFolder()
        let replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
        #expect(try await replica.isInPlace())
        try FileManager.default.moveItem(atPath: folder.replica, toPath: folder.replica + ".aside")
        #expect(try await !replica.isInPlace())
        try FileManager.default.copyItem(atPath: folder.replica + ".aside", toPath: folder.replica)
        #expect(try await !replica.isInPlace())
        #expect(try await SQLiteReplica(inMemoryFor: ProviderID("provider-1")!).isInPlace())
        try await replica.close()
    }
}
