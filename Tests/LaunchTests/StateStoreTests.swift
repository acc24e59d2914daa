import Foundation
import Launch
import Platform
import Sessions
import TestSupport
import Testing

/// The stores that keep the one contract. The one in memory stands in for the other in most tests,
/// so it must not be kinder.
enum StoreKind: CaseIterable {
    case memory, folder

    /// - Parameter folder: kept by the caller for as long as the store is used.
    func make(in folder: TemporaryFolder) -> any SweepableStore {
        switch self {
        case .memory: MemoryStore()
        case .folder: StateFolder(path: folder.path)
        }
    }
}

@Suite("What every store of states promises")
struct StateStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("An event is first once, and later ones learn when the first one was", arguments: StoreKind.allCases)
    func once(_ kind: StoreKind) throws {
        let store = kind.make(in: folder)
        let event = StateEvent(.launched, [1])
        #expect(try !store.happened(event))
        #expect(try store.first(event, now: 7, expires: 100) == nil)
        #expect(try store.first(event, now: 9, expires: 900) == 7)
        #expect(try store.first(event, now: 8, expires: 100) == 7)
        #expect(try store.happened(event))
    }

    @Test("Events of another kind or subject are other events", arguments: StoreKind.allCases)
    func others(_ kind: StoreKind) throws {
        let store = kind.make(in: folder)
        #expect(try store.first(StateEvent(.launched, [1]), now: 7, expires: 100) == nil)
        for other in [StateEvent(.launched, [2]), StateEvent(.launched, []), StateEvent(.ended, [1])] {
            #expect(try !store.happened(other))
            #expect(try store.first(other, now: 8, expires: 100) == nil)
        }
    }

    @Test("An event is kept until just before it expires, and not from then on", arguments: StoreKind.allCases)
    func expiry(_ kind: StoreKind) throws {
        let store = kind.make(in: folder)
        let event = StateEvent(.exchanged, [1])
        _ = try store.first(event, now: 7, expires: 100)
        // A later one does not make it be remembered for longer: it was refused.
        _ = try store.first(event, now: 9, expires: 900)
        store.sweep(now: 99)
        #expect(try store.happened(event))
        #expect(try store.first(event, now: 99, expires: 900) == 7)
        store.sweep(now: 100)
        #expect(try !store.happened(event))
        #expect(try store.first(event, now: 100, expires: 200) == nil)
    }
}

@Suite("Drafts in the state folder")
struct StateDraftTests {
    private let folder: TemporaryFolder
    private let store: StateFolder

    init() throws {
        folder = try TemporaryFolder()
        store = StateFolder(path: folder.path)
    }

    @Test("One that is being written is left alone for a minute, and then taken for forgotten")
    func lifetime() throws {
        let draft = try folder.write("draft-0123456789abcdef", "")
        let attributes = try FileManager.default.attributesOfItem(atPath: draft)
        let written = try UnixTime(
            seconds: Int64(#require(attributes[.modificationDate] as? Date).timeIntervalSince1970))
        store.sweep(now: written + 59)
        #expect(folder.names.count == 1)
        store.sweep(now: written + 60)
        #expect(folder.names.isEmpty)
    }

    @Test("None is left behind, neither by the first nor by those that come too late")
    func none() throws {
        for _ in 0..<3 { _ = try store.first(StateEvent(.ended, [1]), now: 7, expires: 1_000) }
        #expect(folder.names.count == 1)
        #expect(folder.names.allSatisfy { $0.hasPrefix("ended-") })
    }

    @Test("Sweeping takes nothing from those that write meanwhile")
    func sweptMeanwhile() async throws {
        // The system's clock: it is what stands on a draft until that has its own time.
        let now = UnixTime(seconds: Int64(Date().timeIntervalSince1970))
        let store = store
        let failures = await withTaskGroup(of: Int.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    var failures = 0
                    for number in 0..<400 {
                        let event = StateEvent(.launched, [UInt8(writer), UInt8(number & 255), UInt8(number >> 8)])
                        // So short-lived that the others' sweeps keep the folder small.
                        if (try? store.first(event, now: now, expires: now + 1)) != .some(nil) { failures += 1 }
                        store.sweep(now: now + 1)
                    }
                    return failures
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
        #expect(folder.names.isEmpty)
    }
}
