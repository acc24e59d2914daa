import Records
import Replica
import Testing

@Suite("Records that have no place in a table")
struct QuarantineTests {
    @Test(
        "Are quarantined with their bytes, and the page goes on",
        arguments: [
            (#"{"id": "x", "#, QuarantineReason.unreadable),
            ("17", .unreadable),
            (#"{"first_name": "Grace"}"#, .noID),
            (#"{"id": null}"#, .noID),
            (#"{"id": ""}"#, .noID),
            (#"{"id": true}"#, .noID),
            (#"{"id": []}"#, .noID),
            (#"{"id": {}}"#, .noID),
            (#"{"id": "\#(String(repeating: "x", count: 513))"}"#, .idTooLong),
        ])
    func keptAside(text: String, reason: QuarantineReason) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                let page = [Sample.patient("a"), text, Sample.patient("b")]
                #expect(try await store.take(page) == CommitCounts(inserted: 2, quarantined: 1))
                let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
                #expect(kept.map { String(decoding: $0.bytes, as: UTF8.self) } == [text])
                #expect(kept.map(\.reason) == [reason])
                #expect(kept.map(\.receivedAt) == [Sample.received])
                #expect(kept.map(\.stream) == [StreamID(resource: "patients")])
                let status = try #require(try await store.status().first)
                #expect(status.rows == 2)
                #expect(status.quarantined == 1)
                #expect(status.state.cursor == Sample.noon)
            }
        }
    }

    @Test(
        "A record that comes well is no longer quarantined",
        arguments: [(#"{"id": "a", "note": oops}"#, "a"), (#"{"note": {"id": "b"} oops, "id" : 17}"#, "17")])
    func mended(text: String, id: String) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                try await store.take([text, #"{"id": "other", oops}"#, "{oops}"])
                try await store.take([text], of: .workers)
                // Neither another record, nor the same one that is still not readable.
                try await store.take([Sample.patient("b"), text])
                #expect(try await store.quarantined(of: nil, after: nil, limit: 10).count == 4)
                try await store.take([Sample.patient("c"), Sample.patient(id)])
                let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
                #expect(kept.map(\.stream.resource) == ["patients", "patients", "workers"])
                #expect(!kept.contains { $0.stream.resource == "patients" && $0.bytes == Array(text.utf8) })
                // And what comes broken after it is kept again.
                try await store.take([Sample.patient(id), text])
                #expect(try await store.status().first?.quarantined == 3)
            }
        }
    }

    @Test(
        "What a walk over everything has not met again is forgotten, another stream's is not",
        arguments: Backend.allCases)
    func forgotten(backend: Backend) async throws {
        try await backend.withStore { store in
            #expect(try await store.lastQuarantined() == 0)
            try await store.take(["17", "18"])
            try await store.take(["17"], of: .workers)
            let mark = try await store.lastQuarantined()
            // Met again, and before the end of the walk nothing is forgotten.
            try await store.take(["18"], received: Sample.noon)
            #expect(try await store.quarantined(of: nil, after: nil, limit: 10).count == 3)
            _ = try await store.commit(
                PageCommit(
                    resource: .patients, items: Sample.items(["19"]), receivedAt: Sample.noon,
                    next: StreamState(cursor: Sample.noon), forgetsUpTo: mark))
            let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
            #expect(kept.map(\.stream.resource) == ["workers", "patients", "patients"])
            #expect(kept.map { String(decoding: $0.bytes, as: UTF8.self) } == ["17", "18", "19"])
            #expect(kept[1].receivedAt == Sample.received, "when these bytes came for the first time")
        }
    }

    @Test("One record whose bytes change is kept once, as it came last", arguments: Backend.allCases)
    func onceARecord(backend: Backend) async throws {
        try await backend.withStore { store in
            for run in 0..<5 { try await store.take([#"{"id": "a", "run": \#(run), oops}"#, #"{"id": "b", oops}"#]) }
            let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
            #expect(
                kept.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                    #"{"id": "a", "run": 4, oops}"#, #"{"id": "b", oops}"#,
                ])
        }
    }

    @Test(
        "What names no record is kept as often as it differs, and no more than a thousand times",
        arguments: Backend.allCases)
    func bounded(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([#"{"id": "known", oops}"#])
            try await store.take((0..<1010).map { #"{"run": \#($0)}"# })
            #expect(try await store.status()[0].quarantined == 1001)
            let kept = try await store.quarantined(of: nil, after: nil, limit: 2)
            #expect(
                kept.map { String(decoding: $0.bytes, as: UTF8.self) } == [#"{"id": "known", oops}"#, #"{"run": 10}"#])
        }
    }

    @Test(
        "What is no JSON is in the table repaired and marked, and quarantined as it came",
        arguments: [
            (
                Array("{\"id\": \"a\", \"note\": \"tab\there \\\" \u{1}\"}".utf8),
                #"{"id": "a", "note": "tab\u0009here \" \u0001"}"#
            ),
            (
                Array(#"{"id": "a", "note": "caf"#.utf8) + [0xE9] + Array(#""}"#.utf8),
                #"{"id": "a", "note": "caf\#u{FFFD}"}"#
            ),
        ])
    func mendedCopy(received: [UInt8], mended: String) async throws {
        for backend in Backend.allCases {
            try await backend.withStore { store in
                let broken = PageItem(try #require(Record(parsing: received)))
                func take(_ item: PageItem) async throws -> CommitCounts {
                    try await store.commit(
                        PageCommit(
                            resource: .patients, items: [item], receivedAt: Sample.received,
                            next: StreamState(cursor: Sample.noon)))
                }
                #expect(try await take(broken) == CommitCounts(quarantined: 1))
                #expect(try await take(broken) == CommitCounts(quarantined: 1))
                #expect(try await store.text(of: "a") == mended)
                #expect(try await store.value("repaired", of: "a") == .integer(1))
                let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
                #expect(kept.map(\.bytes) == [received] && kept.map(\.reason) == [.notJSON])
                // The same in a comparison, and what differs from it does.
                try await store.beginComparison(of: StreamID(resource: "patients"))
                #expect(try await store.compare([broken]).isEmpty)
                #expect(try await store.compare(Sample.items([mended])) == [Difference(id: "a", kind: .different)])
                // Welkin fixes it: the mark goes, also where the bytes are those of the copy.
                #expect(try await store.take([mended]) == CommitCounts(updated: 1))
                #expect(try await store.value("repaired", of: "a") == .null)
                #expect(try await store.status()[0].quarantined == 0)
            }
        }
    }

    @Test(
        "A record that is too large is quarantined by its id, and goes when it comes smaller",
        arguments: Backend.allCases)
    func tooLarge(backend: Backend) async throws {
        try await backend.withStore { store in
            let outline = Array(#"{"id": "a", "updated_at": "2026-01-02T08:00:00Z"}"#.utf8)
            for _ in 0..<2 {
                _ = try await store.commit(
                    PageCommit(
                        resource: .patients, items: [.oversized(outline: outline)], receivedAt: Sample.received,
                        next: StreamState(cursor: Sample.noon)))
            }
            let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
            #expect(kept.map(\.bytes) == [outline] && kept.map(\.reason) == [.tooLarge])
            try await store.take([Sample.patient("a")])
            #expect(try await store.status()[0].quarantined == 0)
        }
    }

    @Test("The longest id that is taken", arguments: Backend.allCases)
    func longestID(backend: Backend) async throws {
        let id = String(repeating: "x", count: 512)
        try await backend.withStore { store in
            let counts = try await store.take([Sample.patient(id)])
            #expect(counts == CommitCounts(inserted: 1))
            #expect(try await store.record(id, of: "patients") != nil)
        }
    }

    @Test("The same bytes are kept once for each stream, however often they come", arguments: Backend.allCases)
    func once(backend: Backend) async throws {
        try await backend.withStore { store in
            #expect(try await store.take(["17"]) == CommitCounts(quarantined: 1))
            #expect(try await store.take(["17", "18"], received: Sample.noon) == CommitCounts(quarantined: 2))
            try await store.take(["17"], of: .workers)
            let patients = try await store.quarantined(of: StreamID(resource: "patients"), after: nil, limit: 10)
            #expect(patients.map { String(decoding: $0.bytes, as: UTF8.self) } == ["17", "18"])
            #expect(patients[0].receivedAt == Sample.received)
            var all: [QuarantinedRecord] = []
            for try await record in store.allQuarantined() { all.append(record) }
            #expect(all.count == 3)
            #expect(all.map(\.number) == all.map(\.number).sorted())
        }
    }
}
