import Records
import Replica
import Testing

@Suite("Columns of the catalogue's fields")
struct ColumnTests {
    @Test("Every resource of the catalogue has a table with its fields", arguments: Backend.allCases)
    func everyResource(backend: Backend) async throws {
        try await backend.withStore { store in
            for resource in Catalogue.resources {
                #expect(try await store.columns(of: resource.name).isEmpty)
                try await store.take([], of: resource)
                let names = try await store.columns(of: resource.name).map(\.name)
                #expect(Set(names).isSuperset(of: resource.fields.map(\.name)))
                #expect(Set(names).isSuperset(of: ["id", "record", "cursor_us", "fetched_at", "deleted_at"]))
                #expect(Set(names).count == names.count)
            }
        }
    }

    @Test(
        "Values are read tolerantly, and kept as text when they do not fit",
        arguments: [
            // Booleans.
            ("smokes", "true", ColumnValue.integer(1)),
            ("smokes", #""true""#, .integer(1)),
            ("smokes", #""False""#, .integer(0)),
            ("smokes", "0", .integer(0)),
            ("smokes", "null", .null),
            ("smokes", #""sometimes""#, .text("sometimes")),
            ("smokes", "2", .text("2")),
            ("smokes", #""1e400""#, .text("1e400")),
            ("smokes", "[true]", .text("[true]")),
            // Text.
            ("height", "72", .text("72")),
            ("height", #""72""#, .text("72")),
            ("height", "72.50", .text("72.50")),
            ("height", "1e400", .text("1e400")),
            ("height", "true", .text("true")),
            ("height", #""""#, .text("")),
            ("height", #"{"feet": [5, 11]}"#, .text(#"{"feet": [5, 11]}"#)),
            ("last_name", #""Hopper\n\"\u00e9\ud83d\ude00""#, .text("Hopper\n\"é😀")),
            ("last_name", #""\ud800x""#, .text("\u{FFFD}x")),
            ("last_name", #""a\u0000b""#, .text("a\u{FFFD}b")),
            // Date-times.
            ("created_at", #""2026-01-02T03:04:05.678901+00:00""#, .text("2026-01-02T03:04:05.678901+00:00")),
            ("created_at", #""2026-01-02 03:04:05""#, .text("2026-01-02T03:04:05.000000+00:00")),
            ("created_at", #""2026-01-02T03:04:05.5-08:00""#, .text("2026-01-02T11:04:05.500000+00:00")),
            ("created_at", #""2026-01-02T03:04:60.000000+00:00""#, .text("2026-01-02T03:05:00.000000+00:00")),
            ("created_at", #""soon""#, .text("soon")),
            ("created_at", "1767323045", .text("1767323045")),
            // Lists and objects.
            ("email_addresses", #"[ {"id": 1} ]"#, .text(#"[ {"id": 1} ]"#)),
            ("email_addresses", #""""#, .text("")),
            ("birthday", #""1906-12-09""#, .text("1906-12-09")),
        ])
    func values(field: String, json: String, expected: ColumnValue) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                try await store.take([Sample.patient("a", more: "\"\(field)\": \(json)")])
                #expect(try await store.value(field, of: "a") == expected)
            }
        }
    }

    @Test(
        "Whole numbers, as such and as strings",
        arguments: [
            ("61", ColumnValue.integer(61)),
            (#""61""#, .integer(61)),
            ("-1", .integer(-1)),
            ("9223372036854775807", .integer(.max)),
            ("92233720368547758070", .text("92233720368547758070")),
            (#""12345678901234567890123""#, .text("12345678901234567890123")),
            ("1.5", .text("1.5")),
            (#""long""#, .text("long")),
            ("1e400", .text("1e400")),
        ])
    func integers(json: String, expected: ColumnValue) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                try await store.take([#"{"id": "c", "duration": \#(json)}"#], of: .calls)
                #expect(try await store.value("duration", of: "c", in: .calls) == expected)
            }
        }
    }

    @Test(
        "Of a doubled member the last one counts, and escapes in its name do not hide it", arguments: Backend.allCases)
    func doubledMember(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([
                #"{"id": "x", "city": "Boston", "id": "a", "cit\u0079": "Arlington", "city\u0000": "Rome"}"#
            ])
            #expect(try await store.value("city", of: "a") == .text("Arlington"))
        }
    }

    @Test("Records of one page may have other members, in another order", arguments: Backend.allCases)
    func order(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([
                #"{"id": "a", "city": "Boston", "state": "MA", "new": 1}"#,
                #"{"state": "VA", "id": "b", "city": "Arlington"}"#,
                #"{"id": "c", "state": "CA"}"#,
            ])
            #expect(try await store.value("city", of: "b") == .text("Arlington"))
            #expect(try await store.value("state", of: "b") == .text("VA"))
            #expect(try await store.value("city", of: "c") == .null)
            #expect(try await store.value("state", of: "c") == .text("CA"))
        }
    }

    @Test("A very long value is kept whole", arguments: Backend.allCases)
    func long(backend: Backend) async throws {
        try await backend.withStore { store in
            let street = String(repeating: "Löwenstraße ", count: 200_000)
            try await store.take([Sample.patient("a", more: #""street": "\#(street)""#)])
            #expect(try await store.value("street", of: "a") == .text(street))
        }
    }

    @Test("A resource that no catalogue knows has a table without fields", arguments: Backend.allCases)
    func unknownResource(backend: Backend) async throws {
        try await backend.withStore { store in
            let resource = try #require(Resource.unknown("care_plans"))
            try await store.take([Sample.patient("a", more: #""goal": "walk""#)], of: resource)
            #expect(try await store.columns(of: "care_plans").count == 7)
            #expect(try await store.record("a", of: "care_plans")?.cursor == Sample.morning)
        }
    }

    @Test("When the catalogue gets to know a resource, its records fill the new columns", arguments: Backend.allCases)
    func grows(backend: Backend) async throws {
        try await backend.withReopenableStore { open in
            let before = try await open()
            let resource = try #require(Resource.unknown("patients"))
            let records = (0..<1_200).map { Sample.patient("p\($0)", more: #""smokes": "true", "city": "C\#($0)""#) }
            try await before.take(records, of: resource)
            try await before.markDeleted(["p7"], of: "patients", at: Sample.noon)
            try await before.close()
            let store = try await open()
            #expect(try await store.take([Sample.patient("new")]) == CommitCounts(inserted: 1))
            #expect(try await store.value("city", of: "p1199") == .text("C1199"))
            #expect(try await store.value("smokes", of: "p0") == .integer(1))
            #expect(try await store.record("p7", of: "patients")?.deletedAt == Sample.noon)
            #expect(try await store.record("p0", of: "patients")?.fetchedAt == Sample.received)
            try await store.close()
        }
    }

    @Test(
        "What cannot be the name of a table is refused",
        arguments: [
            "welkin_meta", "sqlite_master", "pg_class", String(repeating: "x", count: 41), "", "Patients", "a-b",
            #"a"; DROP TABLE patients; --"#,
        ])
    func names(name: String) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                await #expect(throws: ReplicaError.invalidName(name)) { try await store.columns(of: name) }
                guard let resource = Resource.unknown(name) else { return }
                await #expect(throws: ReplicaError.invalidName(name)) { try await store.take([], of: resource) }
            }
        }
    }

    @Test("A column that is not there is refused by name", arguments: Backend.allCases)
    func unknownColumn(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([Sample.patient("a")])
            await #expect(throws: ReplicaError.invalidName("nickname")) {
                try await store.rows(of: "patients", columns: ["city", "nickname"], after: nil, limit: 1)
            }
        }
    }
}
