import Records
import Replica
import Testing

@Suite("Where a stream stands")
struct StreamTests {
    private let window = StreamWindow(from: Sample.morning, to: Sample.noon)

    @Test("A stream that was never pulled has no state", arguments: Backend.allCases)
    func fresh(backend: Backend) async throws {
        try await backend.withStore { store in
            let state = try await store.state(of: StreamID(resource: "patients"))
            #expect(state == StreamState())
            #expect(try await store.status().isEmpty)
        }
    }

    @Test("A page and its place are one, and stay over a restart", arguments: Backend.allCases)
    func place(backend: Backend) async throws {
        try await backend.withReopenableStore { open in
            var store = try await open()
            let inner = StreamState(cursor: Sample.morning, window: window, place: "2/50")
            _ = try await store.commit(Sample.page([Sample.patient("a")], next: inner))
            try await store.close()
            store = try await open()
            #expect(try await store.state(of: StreamID(resource: "patients")) == inner)
            #expect(try await store.record("a", of: "patients") != nil)
            let last = StreamState(cursor: Sample.noon)
            _ = try await store.commit(Sample.page([Sample.patient("b")], next: last))
            try await store.close()
            store = try await open()
            #expect(try await store.state(of: StreamID(resource: "patients")) == last)
            #expect(try await store.status().map(\.rows) == [2])
            try await store.close()
        }
    }

    @Test("A first window has no beginning", arguments: Backend.allCases)
    func openWindow(backend: Backend) async throws {
        try await backend.withStore { store in
            let state = StreamState(window: StreamWindow(from: nil, to: Sample.noon), place: "1")
            _ = try await store.commit(Sample.page([], next: state))
            #expect(try await store.state(of: StreamID(resource: "patients")) == state)
        }
    }

    @Test("Each value of a filter has its own state and its own rows", arguments: Backend.allCases)
    func filters(backend: Backend) async throws {
        try await backend.withStore { store in
            let (one, other) = (Filter("alert_type", "app_message"), Filter("alert_type", "a=b"))
            try await store.take([#"{"id": "1", "alert_type": "app_message"}"#], of: .alerts, filter: one)
            let records = [#"{"id": "2", "alert_type": "a=b"}"#, #"{"id": "3", "alert_type": "a=b"}"#]
            try await store.take(records, of: .alerts, filter: other)
            let streams = [StreamID(resource: "alerts", filter: other), StreamID(resource: "alerts", filter: one)]
            let status = try await store.status()
            #expect(status.map(\.stream) == streams)
            #expect(status.map(\.rows) == [2, 1])
            #expect(status.map(\.state.cursor) == [Sample.noon, Sample.noon])
            #expect(try await store.state(of: StreamID(resource: "alerts")) == StreamState())
            #expect(try await store.versions(of: streams[0], after: nil, limit: 9).map(\.id) == ["2", "3"])
        }
    }

    @Test("A row is its stream's, whatever the record says of itself", arguments: Backend.allCases)
    func ownRows(backend: Backend) async throws {
        try await backend.withStore { store in
            let (one, other) = (Filter("alert_type", "app_message"), Filter("alert_type", "other"))
            let streams = [one, other].map { StreamID(resource: "alerts", filter: $0) }
            try await store.take((0..<10).map { #"{"id": "\#($0)"}"# }, of: .alerts, filter: one)
            try await store.take([#"{"id": "x", "alert_type": "app_message"}"#], of: .alerts, filter: other)
            #expect(try await store.status().map(\.rows) == [10, 1])
            try await store.beginComparison(of: streams[0])
            _ = try await store.compare(Sample.items((0..<9).map { #"{"id": "\#($0)"}"# }))
            #expect(try await store.unseen(after: nil, limit: 9).map(\.id) == ["9"])
            // The same bytes from another stream are the other one's.
            #expect(try await store.take([#"{"id": "9"}"#], of: .alerts, filter: other) == CommitCounts(unchanged: 1))
            #expect(try await store.status().map(\.rows) == [9, 2])
            #expect(try await store.versions(of: streams[1], after: nil, limit: 9).map(\.id) == ["9", "x"])
        }
    }

    @Test("An unfinished instant keeps its place, and the one that waits longest is first", arguments: Backend.allCases)
    func instants(backend: Backend) async throws {
        try await backend.withReopenableStore { open in
            var store = try await open()
            let stream = StreamID(resource: "patients")
            func mark(_ marks: [InstantMark]) async throws {
                _ = try await store.commit(
                    PageCommit(
                        resource: .patients, items: [], receivedAt: Sample.received,
                        next: StreamState(cursor: Sample.noon), instants: marks))
            }
            try await mark([.found(Sample.noon), .found(Sample.morning)])
            try await mark([.searched(UnfinishedInstant(Sample.noon, place: "id/open/7"))])
            try await mark([.found(Sample.noon)])
            try await store.close()
            store = try await open()
            #expect(
                try await store.unfinishedInstants(of: stream) == [
                    UnfinishedInstant(Sample.morning), UnfinishedInstant(Sample.noon, place: "id/open/7"),
                ])
            #expect(try await store.status()[0].unfinished == [Sample.morning, Sample.noon])
            #expect(try await store.unfinishedInstants(of: StreamID(resource: "visits")).isEmpty)
            try await mark([.finished(Sample.morning)])
            #expect(try await store.status()[0].unfinished == [Sample.noon])
            try await store.close()
        }
    }

    @Test("A name that never brought anything leaves no trace, one of the catalogue does", arguments: Backend.allCases)
    func mistyped(backend: Backend) async throws {
        try await backend.withStore { store in
            for name in ["pateints", "welkin_meta", "patients"] {
                try await store.recordRun(.failed(at: Sample.noon, code: "not_found"), of: StreamID(resource: name))
            }
            #expect(try await store.status().map(\.stream.resource) == ["patients"])
            let novelties = try #require(Resource.unknown("novelties"))
            try await store.take([#"{"id": "1"}"#], of: novelties)
            try await store.recordRun(.failed(at: Sample.noon, code: "not_found"), of: StreamID(resource: "novelties"))
            #expect(try await store.status().map(\.lastErrorCode) == ["not_found", "not_found"])
        }
    }

    @Test("A window keeps whether Welkin is right in it, and what it may forget", arguments: Backend.allCases)
    func windowKinds(backend: Backend) async throws {
        try await backend.withStore { store in
            let state = StreamState(
                cursor: Sample.morning,
                window: StreamWindow(from: nil, to: Sample.noon, overrules: true, isUndated: true, mark: 7), place: "1")
            _ = try await store.commit(Sample.page([], next: state))
            #expect(try await store.state(of: StreamID(resource: "patients")) == state)
        }
    }

    @Test("A run's end is noted: a success clears the error, a failure keeps the success", arguments: Backend.allCases)
    func runs(backend: Backend) async throws {
        try await backend.withStore { store in
            let stream = StreamID(resource: "visits")
            try await store.recordRun(.failed(at: Sample.morning, code: "http_503"), of: stream)
            var status = try #require(try await store.status().first)
            #expect(status.stream == stream)
            #expect(status.lastErrorCode == "http_503")
            #expect(status.lastFailure == Sample.morning)
            #expect(status.lastSuccess == nil)
            let counts = CommitCounts(inserted: 1, updated: 2, unchanged: 3, older: 4, quarantined: 5)
            try await store.recordRun(.succeeded(at: Sample.noon, counts), of: stream)
            status = try #require(try await store.status().first)
            #expect(status.lastErrorCode == nil)
            #expect(status.lastSuccess == Sample.noon)
            #expect(status.lastFailure == Sample.morning)
            #expect(status.lastCounts == counts)
            try await store.recordRun(.failed(at: Sample.received, code: "token"), of: stream)
            status = try #require(try await store.status().first)
            #expect(status.lastErrorCode == "token")
            #expect(status.lastSuccess == Sample.noon)
            #expect(status.lastCounts == counts)
        }
    }
}
