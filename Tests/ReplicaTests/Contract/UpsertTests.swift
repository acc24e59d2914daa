import Records
import Replica
import Testing

@Suite("Which version of a record stays")
struct UpsertTests {
    @Test("A new record is kept byte for byte, with its dates", arguments: Backend.allCases)
    func inserts(backend: Backend) async throws {
        try await backend.withStore { store in
            let text = "{ \"unknown\":[1 , 2.50],\t\"id\":\"a\" ,\"updated_at\": \"2026-01-02 08:00:00\"}"
            #expect(try await store.take([text]) == CommitCounts(inserted: 1))
            let record = try #require(try await store.record("a", of: "patients"))
            #expect(String(decoding: record.bytes, as: UTF8.self) == text)
            #expect(record.cursor == Sample.morning)
            #expect(record.fetchedAt == Sample.received)
            #expect(record.deletedAt == nil)
            #expect(try await store.record("b", of: "patients") == nil)
            #expect(try await store.record("a", of: "workers") == nil)
        }
    }

    @Test("A newer record replaces an older one", arguments: Backend.allCases)
    func newer(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a", more: #""city": "Arlington", "state": "VA""#)])
            let newer = Sample.patient("a", updated: Sample.noon, more: #""city": "Boston""#)
            #expect(try await store.take([newer], received: Sample.noon) == CommitCounts(updated: 1))
            let record = try #require(try await store.record("a", of: "patients"))
            #expect(String(decoding: record.bytes, as: UTF8.self) == newer)
            #expect(record.cursor == Sample.noon)
            #expect(record.fetchedAt == Sample.noon)
            #expect(try await store.value("city", of: "a") == .text("Boston"))
            // What the newer one does not have is gone.
            #expect(try await store.value("state", of: "a") == .null)
        }
    }

    @Test("An older record changes nothing", arguments: Backend.allCases)
    func older(backend: Backend) async throws {
        try await backend.withStore { store in
            let newer = Sample.patient("a", updated: Sample.noon)
            try await store.take([newer])
            #expect(try await store.take([Sample.patient("a", more: #""city": "Boston""#)]) == CommitCounts(older: 1))
            #expect(try await store.text(of: "a") == newer)
            #expect(try await store.value("city", of: "a") == .null)
        }
    }

    @Test("Of two records as new as each other the later one wins", arguments: Backend.allCases)
    func equal(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a")])
            let other = Sample.patient("a", more: #""city": "Boston""#)
            #expect(try await store.take([other]) == CommitCounts(updated: 1))
            #expect(try await store.text(of: "a") == other)
        }
    }

    @Test("Identical bytes are not taken again", arguments: Backend.allCases)
    func identical(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a")])
            #expect(try await store.take([Sample.patient("a")], received: Sample.noon) == CommitCounts(unchanged: 1))
            #expect(try await store.record("a", of: "patients")?.fetchedAt == Sample.received)
        }
    }

    @Test("Microseconds decide", arguments: Backend.allCases)
    func microseconds(backend: Backend) async throws {
        try await backend.withStore { store in
            let later = Sample.patient("a", updated: Sample.morning + .microseconds(1))
            try await store.take([later])
            #expect(try await store.take([Sample.patient("a")]) == CommitCounts(older: 1))
            let latest = Sample.patient("a", updated: Sample.morning + .microseconds(2))
            #expect(try await store.take([latest]) == CommitCounts(updated: 1))
        }
    }

    @Test("An id that stands twice in one page is one record, the newer one", arguments: Backend.allCases)
    func doubled(backend: Backend) async throws {
        try await backend.withStore { store in
            let newer = Sample.patient("a", updated: Sample.noon)
            let counts = try await store.take([Sample.patient("a"), newer, Sample.patient("a"), newer])
            #expect(counts == CommitCounts(inserted: 1, updated: 1, unchanged: 1, older: 1))
            #expect(try await store.text(of: "a") == newer)
            #expect(try await store.status().map(\.rows) == [1])
        }
    }

    @Test("Where records have no date, the bytes decide", arguments: Backend.allCases)
    func withoutCursor(backend: Backend) async throws {
        try await backend.withStore { store in
            let one = #"{"id": "u", "mime_type": "image/png"}"#
            let other = #"{"id": "u", "mime_type": "image/jpeg"}"#
            try await store.take([one], of: .fileUploads)
            #expect(try await store.take([one], of: .fileUploads) == CommitCounts(unchanged: 1))
            #expect(try await store.take([other], of: .fileUploads) == CommitCounts(updated: 1))
            #expect(try await store.text(of: "u", in: .fileUploads) == other)
            #expect(try await store.record("u", of: "file_uploads")?.cursor == nil)
        }
    }

    @Test("A record whose date cannot be read is taken by its bytes", arguments: Backend.allCases)
    func unreadableDate(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a")])
            let odd = Sample.patient("a", updated: nil, more: #""updated_at": "yesterday""#)
            #expect(try await store.take([odd]) == CommitCounts(updated: 1))
            #expect(try await store.record("a", of: "patients")?.cursor == nil)
            #expect(try await store.value("updated_at", of: "a") == .text("yesterday"))
            #expect(try await store.take([Sample.patient("a")]) == CommitCounts(updated: 1))
        }
    }

    @Test("A record that was marked as deleted and comes again is alive", arguments: Backend.allCases)
    func revived(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a", updated: Sample.noon)])
            #expect(try await store.markDeleted(["a"], of: "patients", at: Sample.received) == 1)
            #expect(try await store.take([Sample.patient("a", updated: Sample.noon)]) == CommitCounts(updated: 1))
            #expect(try await store.record("a", of: "patients")?.deletedAt == nil)
            // Put back in Welkin from an older copy.
            try await store.markDeleted(["a"], of: "patients", at: Sample.received)
            #expect(try await store.take([Sample.patient("a")]) == CommitCounts(updated: 1))
            #expect(try await store.text(of: "a") == Sample.patient("a"))
            #expect(try await store.record("a", of: "patients")?.deletedAt == nil)
        }
    }

    @Test("An older record replaces a newer one where Welkin is said to be right", arguments: Backend.allCases)
    func overruled(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a", updated: Sample.noon)])
            func page(overrules: Bool) -> PageCommit {
                PageCommit(
                    resource: .patients, items: Sample.items([Sample.patient("a")]), receivedAt: Sample.received,
                    next: StreamState(cursor: Sample.noon), overrules: overrules)
            }
            #expect(try await store.commit(page(overrules: false)) == CommitCounts(older: 1))
            #expect(try await store.commit(page(overrules: true)) == CommitCounts(updated: 1))
            #expect(try await store.text(of: "a") == Sample.patient("a"))
            #expect(try await store.commit(page(overrules: true)) == CommitCounts(unchanged: 1))
        }
    }

    @Test(
        "A record whose id is an object gets one of our own, however that is spaced and ordered",
        arguments: Backend.allCases)
    func objectID(backend: Backend) async throws {
        try await backend.withStore { store in
            let texts = [
                #"{"id": {"oid": "5f", "n": [1, "\u00e9"]}, "event": 1}"#,
                #"{"event": 2, "id":{"n":[1,"é"],"oid":"5f"}}"#,
                #"{"id": {"oid": "60", "n": [1, "é"]}, "event": 1}"#, #"{"id": ["5f"], "event": 1}"#,
            ]
            #expect(try await store.take(texts, of: .auditLogs) == CommitCounts(inserted: 3, updated: 1))
            var ids: [String] = []
            for try await row in store.allRows(of: "audit_logs") { ids.append(row.id) }
            #expect(ids.count == 3 && ids.allSatisfy { $0.hasPrefix("json:") && $0.utf8.count == 37 })
            #expect(try await store.record(ids[0], of: "audit_logs") != nil)
            #expect(Set(texts.compactMap { Record(parsing: Array($0.utf8))?.replicaID }) == Set(ids))
        }
    }

    @Test("Numbers name records too", arguments: Backend.allCases)
    func numericID(backend: Backend) async throws {
        try await backend.withStore { store in
            let counts = try await store.take([#"{"id": 17, "event_type": "login"}"#], of: .auditLogs)
            #expect(counts == CommitCounts(inserted: 1))
            #expect(try await store.record("17", of: "audit_logs") != nil)
        }
    }
}
