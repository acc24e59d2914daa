import StoreFiles
import Records
import Foundation
import Replica
import TestSupport
import Testing

@Suite("One run at a time")
struct RunLockTests {
    @Test("A held lock tells by whom and since when, and can be taken once it is let go")
    func held() throws {
        let folder = try TemporaryFolder()
        var lock: RunLock? = try RunLock(beside: folder.replica, now: Sample.morning)
        let held = ReplicaError.runInProgress(process: getpid(), since: Sample.morning)
        for _ in 0..<3 {
            #expect(throws: held) { try RunLock(beside: folder.replica, now: Sample.noon) }
        }
        #expect(held.kind == .busy)
        #expect(held.description.contains("process \(getpid()), since 2026-01-02T08:00:00.000000+00:00"))
        withExtendedLifetime(lock) {}
        lock = nil
        lock = try RunLock(beside: folder.replica, now: Sample.noon)
        #expect(throws: ReplicaError.runInProgress(process: getpid(), since: Sample.noon)) {
            try RunLock(beside: folder.replica, now: Sample.received)
        }
        let mode = try FileManager.default.attributesOfItem(atPath: folder.replica + ".lock")[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test("Who holds a lock can be seen without taking it, however often somebody looks")
    func holder() throws {
        let folder = try TemporaryFolder()
        #expect(try RunLock.holder(beside: folder.replica) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.replica + ".lock"))
        var lock: RunLock? = try RunLock(beside: folder.replica, now: Sample.morning)
        for _ in 0..<3 {
            let holder = try RunLock.holder(beside: folder.replica)
            #expect(holder?.process == getpid() && holder?.since == Sample.morning)
        }
        // What its file says does not count where nobody holds it, nor is it needed where somebody does.
        try Data().write(to: URL(filePath: folder.replica + ".lock"))
        let unnamed = try #require(try RunLock.holder(beside: folder.replica))
        #expect(unnamed.process == nil && unnamed.since == nil)
        withExtendedLifetime(lock) {}
        lock = nil
        lock = try RunLock(beside: folder.replica, now: Sample.noon)
        lock = nil
        #expect(try RunLock.holder(beside: folder.replica) == nil)
    }

    @Test("A lock dies with its process")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.replica
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let lock = try RunLock(beside: path, now: Sample.morning)
            withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
        }
        #expect(FileManager.default.fileExists(atPath: path + ".lock"))
        _ = try RunLock(beside: path, now: Sample.noon)
    }

    @Test("A symbolic link in its place is refused")
    func symbolicLink() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.replica + ".lock", withDestinationPath: "\(folder.path)/elsewhere")
        #expect(throws: ReplicaError.file(.symbolicLink(path: folder.replica + ".lock"))) {
            try RunLock(beside: folder.replica, now: Sample.noon)
        }
    }
}
