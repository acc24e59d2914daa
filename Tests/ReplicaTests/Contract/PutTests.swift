import Records
import Replica
import Testing

@Suite("Records that were got by their ids")
struct PutTests {
    private let asked = Sample.received

    @Test("A newer one replaces an older one, and not the other way round", arguments: Backend.allCases)
    func versions(backend: Backend) async throws {
        try await backend.withStore { store in
            let first = try await store.putIn([Sample.patient("a")])
            #expect(first == CommitCounts(inserted: 1))
            #expect(try await store.putIn([Sample.patient("a")]) == CommitCounts(unchanged: 1))
            let newer = Sample.patient("a", updated: Sample.noon)
            #expect(try await store.putIn([newer]) == CommitCounts(updated: 1))
            #expect(try await store.putIn([Sample.patient("a")]) == CommitCounts(older: 1))
            #expect(try await store.text(of: "a") == newer)
            #expect(try await store.record("a", of: "patients")?.fetchedAt == asked + .seconds(1))
        }
    }

    @Test("They are of no stream, whose state and window stay as they are", arguments: Backend.allCases)
    func streams(backend: Backend) async throws {
        try await backend.withStore { store in
            _ = try await store.putIn([Sample.patient("a")])
            #expect(try await store.status().isEmpty)
            let state = StreamState(window: StreamWindow(from: nil, to: Sample.noon), place: "2")
            _ = try await store.commit(Sample.page([Sample.patient("b")], next: state))
            _ = try await store.putIn([Sample.patient("c")])
            #expect(try await store.state(of: StreamID(resource: "patients")) == state)
            #expect(try await store.status().map(\.rows) == [3])
        }
    }

    @Test(
        "A row stays its stream's, and a new one becomes that of the stream that brings it", arguments: Backend.allCases
    )
    func filters(backend: Backend) async throws {
        try await backend.withStore { store in
            let filter = Filter("alert_type", "app_message")
            try await store.take([#"{"id": "1"}"#], of: .alerts, filter: filter)
            #expect(try await store.putIn([#"{"id": "1", "x": 1}"#, #"{"id": "2"}"#], of: .alerts).updated == 1)
            #expect(try await store.status().map(\.rows) == [1])
            try await store.take([#"{"id": "2"}"#], of: .alerts, filter: filter)
            #expect(try await store.status().map(\.rows) == [2])
        }
    }

    @Test("What no table can hold is left to the pull; a valid one leaves the quarantine", arguments: Backend.allCases)
    func quarantine(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take([#"{"id": "a", "note": oops}"#])
            #expect(try await store.status().first?.quarantined == 1)
            let counts = try await store.putIn(["{oops", #"{"first_name": "Grace"}"#, Sample.patient("b")])
            #expect(counts == CommitCounts(inserted: 1, quarantined: 2))
            #expect(try await store.status().first?.quarantined == 1)
            _ = try await store.putIn([Sample.patient("a")])
            #expect(try await store.status().first?.quarantined == 0)
        }
    }

    @Test(
        "A record is not revived by an answer that was asked for before it was found to be deleted",
        arguments: Backend.allCases)
    func revival(backend: Backend) async throws {
        try await backend.withStore { store in
            func isLive() async throws -> Bool { try await store.record("a", of: "patients")?.deletedAt == nil }
            let found = Sample.received
            // Newer or older than the version here, it is the same.
            for version in [Sample.morning, Sample.noon, Sample.noon + .seconds(1)] {
                let record = Sample.patient("a", updated: version)
                try await store.take([Sample.patient("a", updated: Sample.noon)])
                try await store.markDeleted(["a"], of: "patients", at: found)
                for asked in [found - .seconds(9), found] {
                    func commit(overrules: Bool) -> PageCommit {
                        PageCommit(
                            resource: .patients, items: Sample.items([record]), askedAt: asked,
                            receivedAt: found + .seconds(1), next: StreamState(cursor: Sample.noon),
                            overrules: overrules)
                    }
                    #expect(try await store.putIn([record], asked: asked) == CommitCounts(older: 1))
                    #expect(try await store.commit(commit(overrules: false)) == CommitCounts(older: 1))
                    #expect(try await store.commit(commit(overrules: true)) == CommitCounts(older: 1))
                    #expect(try await !isLive())
                }
                // Asked for after that, it is there again.
                #expect(
                    try await store.putIn([record], asked: found + .microseconds(1)) == CommitCounts(updated: 1))
                #expect(try await isLive())
            }
        }
    }

    @Test("Each page of a commit has its own time; without one, the record is live again", arguments: Backend.allCases)
    func parts(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.take(["a", "b", "c"].map { Sample.patient($0) })
            let found = Sample.received
            try await store.markDeleted(["a", "b", "c"], of: "patients", at: found)
            let parts = [("a", found - .seconds(1)), ("b", found + .seconds(1)), ("c", nil)].map { id, asked in
                AskedItems(Sample.items([Sample.patient(id)]), askedAt: asked)
            }
            let counts = try await store.commit(
                PageCommit(
                    resource: .patients, parts: parts, receivedAt: found + .seconds(2),
                    next: StreamState(cursor: Sample.noon)))
            #expect(counts == CommitCounts(updated: 2, older: 1))
            #expect(try await store.rows(of: "patients", columns: [], after: nil, limit: 9).map(\.id) == ["b", "c"])
        }
    }

    @Test("A finding from the future proves nothing: a clock was wrong", arguments: Backend.allCases)
    func future(backend: Backend) async throws {
        try await backend.withStore { store in
            for (ahead, isLive) in [(Duration.seconds(59), false), (.seconds(3600), true)] {
                try await store.take([Sample.patient("a")])
                try await store.markDeleted(["a"], of: "patients", at: asked + ahead)
                _ = try await store.putIn([Sample.patient("a")])
                #expect(try await (store.record("a", of: "patients")?.deletedAt == nil) == isLive)
            }
        }
    }
}

extension ReplicaStore {
    /// Puts records in that came a second after they were asked for.
    fileprivate func putIn(
        _ elements: [String], of resource: Resource = .patients, asked: Instant = Sample.received
    ) async throws -> CommitCounts {
        try await put(Sample.items(elements), of: resource, askedAt: asked, receivedAt: asked + .seconds(1))
    }
}
