import Identifiers
import Records
import Foundation
import GRDB
import Replica
import TestSupport
import Testing

@Suite("Killed while it commits")
struct DurabilityTests {
    private static let pageSize = 20

    /// Goes on where the replica says, and commits page after page; the place is the number of
    /// pages that are in. Calls `committed` after each.
    private static func pull(_ path: String, pages: Int, committed: (Int) -> Void = { _ in }) async throws {
        let replica = try SQLiteReplica(path: path, provider: ProviderID("provider-1")!)
        let state = try await replica.state(of: StreamID(resource: "patients"))
        let window = StreamWindow(from: nil, to: Sample.noon)
        for page in (state.place.flatMap { Int($0) } ?? 0)..<pages {
            let records = (0..<pageSize).map { Sample.patient("p\(page)-\($0)", more: #""city": "C\#($0)""#) }
            let next =
                page + 1 == pages
                ? StreamState(cursor: Sample.noon) : StreamState(window: window, place: "\(page + 1)")
            _ = try await replica.commit(Sample.page(records, next: next))
            committed(page + 1)
        }
    }

    /// The pages that the replica says are in, having looked that exactly their records are.
    private static func pagesIn(_ path: String, of pages: Int) async throws -> Int {
        let replica = try SQLiteReplica(path: path, provider: ProviderID("provider-1")!)
        let state = try await replica.state(of: StreamID(resource: "patients"))
        let place = state.cursor == Sample.noon ? pages : state.place.flatMap { Int($0) } ?? 0
        var ids: Set<String> = []
        for try await row in replica.allRows(of: "patients") { ids.insert(row.id) }
        #expect(ids == Set((0..<place).flatMap { page in (0..<pageSize).map { "p\(page)-\($0)" } }))
        try await replica.close()
        let queue = try DatabaseQueue(path: path)
        #expect(try await queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        try queue.close()
        return place
    }

    @Test("After each commit: all of it is there, and the next run goes on behind it")
    func afterEachCommit() async throws {
        let folder = try TemporaryFolder()
        let path = folder.replica
        for page in 1...6 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, page = page as Int] in
                try await Self.pull(path, pages: 6) { if $0 == page { kill(getpid(), SIGKILL) } }
            }
            #expect(try await Self.pagesIn(path, of: 6) == page)
        }
    }

    @Test("At any time: a page is in with its place, or neither is")
    func anyTime() async throws {
        let folder = try TemporaryFolder()
        let path = folder.replica
        let pages = 100_000
        var last = 0
        for _ in 0..<20 {
            // Counted from the first commit: a process takes its time to start.
            let delay = UInt32.random(in: 0..<20_000)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, delay = delay as UInt32, pages = pages as Int] in
                var isArmed = false
                try await Self.pull(path, pages: pages) { _ in
                    guard !isArmed else { return }
                    isArmed = true
                    Thread.detachNewThread {
                        usleep(delay)
                        kill(getpid(), SIGKILL)
                    }
                }
            }
            let now = try await Self.pagesIn(path, of: pages)
            #expect(now > last)
            last = now
        }
    }
}
