import DataAPI
import Foundation
import Replica
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
        #expect(throws: ReplicaError.symbolicLink(path: folder.replica + ".lock")) {
            try RunLock(beside: folder.replica, now: Sample.noon)
        }
    }
}
