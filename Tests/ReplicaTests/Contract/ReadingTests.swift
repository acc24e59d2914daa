import Records
import Replica
import Testing

@Suite("Reading what is there")
struct ReadingTests {
    @Test(
        "Rows come in the order of ids, each once, without the deleted ones, over many batches",
        arguments: Backend.allCases)
    func rows(backend: Backend) async throws {
        try await backend.withStore { store in
            // Batches are of 500.
            let ids = (0..<1_501).map { "p\($0)" }
            try await store.take(ids.shuffled().map { Sample.patient($0) })
            try await store.markDeleted(["p3", "p700"], of: "patients", at: Sample.noon)
            let expected = ids.filter { $0 != "p3" && $0 != "p700" }.sorted()
            var rows: [StoredRow] = []
            for try await row in store.allRows(of: "patients", columns: ["first_name", "id", "city"]) {
                rows.append(row)
            }
            #expect(rows.map(\.id) == expected)
            #expect(rows.allSatisfy { $0.values == [.text("Grace"), .text($0.id), .null] })
            #expect(String(decoding: rows[0].bytes, as: UTF8.self) == Sample.patient(expected[0]))
            var versions: [StoredVersion] = []
            for try await version in store.allVersions(of: StreamID(resource: "patients")) { versions.append(version) }
            #expect(versions.map(\.id) == expected)
            #expect(versions.allSatisfy { $0.cursor == Sample.morning })
            #expect(versions[0].digest == RecordDigest(of: Array(Sample.patient(expected[0]).utf8)))
            #expect(versions[0].digest != versions[1].digest)
        }
    }

    @Test("A batch that ends with the table ends the sequence", arguments: Backend.allCases)
    func exactBatch(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take((0..<500).map { Sample.patient("p\($0)") })
            var count = 0
            for try await _ in store.allRows(of: "patients") { count += 1 }
            #expect(count == 500)
            for try await _ in store.allRows(of: "workers") { count += 1 }
            #expect(count == 500)
        }
    }

    @Test("Counts tell the living from the deleted", arguments: Backend.allCases)
    func counts(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take(["a", "b", "c"].map { Sample.patient($0) })
            #expect(try await store.markDeleted(["b", "nobody"], of: "patients", at: Sample.noon) == 1)
            #expect(try await store.markDeleted(["b", "c"], of: "patients", at: Sample.received) == 1)
            #expect(try await store.markDeleted(["a"], of: "workers", at: Sample.noon) == 0)
            let status = try #require(try await store.status().first)
            #expect(status.rows == 1)
            #expect(status.deleted == 2)
            #expect(try await store.record("b", of: "patients")?.deletedAt == Sample.noon)
        }
    }
}
