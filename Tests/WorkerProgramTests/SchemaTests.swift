import DataAPI
import Identifiers
import Replica
import StrictJSON
import TestSupport
import Testing
import WorkerProgram

@Suite("Schema") struct SchemaTests {
    private let tables = Catalogue.resources.filter(\.isWindowed)

    @Test("Has the columns that the replica's tables have, in their order") func columns() async throws {
        try await TemporaryFolder.use { folder in
            let replica = try SQLiteReplica(path: folder.path("r/replica.db"), provider: ProviderID("p")!)
            for resource in tables {
                _ = try await replica.commit(
                    PageCommit(resource: resource, items: [], receivedAt: Instant(microseconds: 0), next: StreamState())
                )
                let columns = try await replica.columns(of: resource.name)
                #expect(try ReplicaSchema.columns(of: resource) == columns)
                let lines = try SchemaText.columns(of: resource).split(separator: "\n").dropFirst()
                #expect(lines.map { $0.prefix { $0 != " " } } == columns.map { $0.name[...] })
            }
            try await replica.close()
        }
    }

    @Test("Tells what a column holds, and what the reference calls it") func holds() throws {
        let text = try SchemaText.columns(of: .alerts)
        let rows = text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows[0] == ["COLUMN", "HOLDS", "REFERENCE", "VALUES"])
        for row in [
            ["id", "text", "guid"], ["record", "json", "-"], ["completed", "boolean", "boolean"],
            ["active_time", "instant", "isodatetime"], ["deleted_at", "instant", "-"],
        ] {
            #expect(rows.contains(row.map { $0[...] }), "\(row) in \(rows)")
        }
    }

    @Test("The SQL makes each table and its indexes, and the JSON names each column") func sqlAndJSON() throws {
        let sql = try SchemaText.sql(of: tables)
        #expect(sql.split(separator: "\n").count { $0.hasPrefix("CREATE TABLE") } == tables.count)
        #expect(sql.contains(#"ON "visits" ("patient_id", "created_at");"#))
        let json = try JSONDocument(parsing: Array(try SchemaText.json(of: tables).utf8))
        let found = Array(json.root.elements)
        #expect(found.map { $0["table"]?.string } == tables.map(\.name))
        for (table, resource) in zip(found, tables) {
            let names = table["columns"]?.elements.map { $0["name"]?.string ?? "" }
            #expect(try names == ReplicaSchema.columns(of: resource).map(\.name))
        }
    }
}
