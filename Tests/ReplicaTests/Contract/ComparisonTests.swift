import Records
import Replica
import Testing

@Suite("Comparing with what Welkin has")
struct ComparisonTests {
    private let patients = StreamID(resource: "patients")

    private func records(_ texts: [String]) -> [PageItem] { Sample.items(texts) }

    @Test("Each kind of difference is told, and what is right is not", arguments: Backend.allCases)
    func differences(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take(
                ["right", "stale", "newer", "different", "deleted", "extra", "gone"].map { Sample.patient($0) })
            try await store.markDeleted(["deleted", "gone"], of: "patients", at: Sample.noon)
            try await store.beginComparison(of: patients)
            let found = try await store.compare(
                records([
                    Sample.patient("right"), Sample.patient("missing"), Sample.patient("stale", updated: Sample.noon),
                    Sample.patient("newer", updated: Sample.morning - .seconds(1)),
                    Sample.patient("different", more: #""city": "Boston""#), Sample.patient("deleted"),
                    #"{"no": "id"}"#,
                ]))
            #expect(
                found == [
                    Difference(id: "missing", kind: .missing), Difference(id: "stale", kind: .stale),
                    Difference(id: "newer", kind: .newer), Difference(id: "different", kind: .different),
                    Difference(id: "deleted", kind: .deleted),
                ])
            #expect(try await store.unseen(after: nil, limit: 10).map(\.id) == ["extra"])
            try await store.endComparison()
        }
    }

    @Test("Without dates the bytes are compared", arguments: Backend.allCases)
    func withoutCursor(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([#"{"id": "1"}"#, #"{"id": "2"}"#], of: .fileUploads)
            try await store.beginComparison(of: StreamID(resource: "file_uploads"))
            let found = try await store.compare(records([#"{"id": "1"}"#, #"{"id": "2", "url": "x"}"#]))
            #expect(found == [Difference(id: "2", kind: .different)])
        }
    }

    @Test("What was not met comes in batches, and only the stream's own", arguments: Backend.allCases)
    func unseen(backend: Backend) async throws {
        try await backend.withStore { store in
            let (mine, others) = (Filter("alert_type", "mine"), Filter("alert_type", "others"))
            func alert(_ id: Int, _ type: String) -> String { #"{"id": "\#(id)", "alert_type": "\#(type)"}"# }
            try await store.take((1000..<2200).map { alert($0, "mine") }, of: .alerts, filter: mine)
            try await store.take([alert(5000, "others")], of: .alerts, filter: others)
            try await store.beginComparison(of: StreamID(resource: "alerts", filter: mine))
            for page in stride(from: 1000, to: 1600, by: 100) {
                #expect(try await store.compare(records((page..<(page + 100)).map { alert($0, "mine") })).isEmpty)
            }
            var unseen: [String] = []
            for try await version in store.allUnseen() { unseen.append(version.id) }
            #expect(unseen == (1600..<2200).map { "\($0)" })
            // A new one forgets the old one.
            try await store.beginComparison(of: StreamID(resource: "alerts", filter: others))
            #expect(try await store.unseen(after: nil, limit: 10).map(\.id) == ["5000"])
        }
    }

    @Test("Where there is no table yet, everything is missing", arguments: Backend.allCases)
    func noTable(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.beginComparison(of: patients)
            #expect(try await store.compare(records([Sample.patient("a")])) == [Difference(id: "a", kind: .missing)])
            #expect(try await store.unseen(after: nil, limit: 10).isEmpty)
        }
    }
}
