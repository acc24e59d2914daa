import StoreFiles
import DataAPI
import Foundation
import Identifiers
import Replica
import Sync
import Testing

@Suite("A preview on a replica that cannot be written to")
struct PreviewTests {
    @Test("counts as on any other, and leaves file and folder as they are")
    func readOnly() async throws {
        let world = try World()
        for index in 0..<10 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        _ = await world.pull()
        let state = try await world.state()
        world.clock.advance(by: .seconds(3600))
        world.welkin.put("p3", at: world.clock.now - .seconds(600))
        world.welkin.put("new", at: world.clock.now - .seconds(500))
        let reading = try SQLiteReplica(readingFrom: world.path, provider: ProviderID("clinic")!)
        let result = await world.engine(store: reading).preview([world.stream])[0]
        #expect(result.outcome == .done && result.counts == CommitCounts(inserted: 1, updated: 1))
        try await reading.close()
        #expect(try await world.state() == state)
        #expect(try await world.rows().count == 10)
    }

    @Test("in memory counts everything as new")
    func inMemory() async throws {
        let world = try World()
        for index in 0..<3 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        let empty = try SQLiteReplica(inMemoryFor: ProviderID("clinic")!)
        let result = await world.engine(store: empty).preview([world.stream])[0]
        #expect(result.outcome == .done && result.counts == CommitCounts(inserted: 3))
        #expect(try await empty.status().isEmpty)
        #expect(try await world.rows().isEmpty)
    }

    @Test("is refused for another provider's, and for one that is not there")
    func refused() throws {
        let world = try World()
        #expect(throws: ReplicaError.otherProvider(found: "clinic", expected: "other")) {
            try SQLiteReplica(readingFrom: world.path, provider: ProviderID("other")!)
        }
        #expect(throws: ReplicaError.file(.missing(path: world.path + "-none"))) {
            try SQLiteReplica(readingFrom: world.path + "-none", provider: ProviderID("clinic")!)
        }
        #expect(!FileManager.default.fileExists(atPath: world.path + "-none"))
    }
}
