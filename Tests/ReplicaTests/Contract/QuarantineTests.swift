import DataAPI
import Replica
import Testing

@Suite("Records that have no place in a table")
struct QuarantineTests {
    @Test(
        "Are kept aside with their bytes, and the page goes on",
        arguments: [
            (#"{"id": "x", "#, QuarantineReason.unreadable), ("17", .unreadable), (#"{"first_name": "Grace"}"#, .noID),
            (#"{"id": null}"#, .noID), (#"{"id": ""}"#, .noID), (#"{"id": true}"#, .noID), (#"{"id": ["x"]}"#, .noID),
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
        "A record that comes well is kept aside no longer",
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

    @Test("What a stream has kept aside is forgotten on demand, another's is not", arguments: Backend.allCases)
    func cleared(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take(["17", "18"])
            try await store.take(["17"], of: .workers)
            try await store.clearQuarantine(of: StreamID(resource: "patients"))
            let kept = try await store.quarantined(of: nil, after: nil, limit: 10)
            #expect(kept.map(\.stream.resource) == ["workers"])
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
