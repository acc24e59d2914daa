import Foundation
import Replica
import TestSupport
import Testing

@Suite("The place for a replica")
struct ReplicaPlaceTests {
    @Test(
        "Is good in a folder that takes new files, there or to be made; nothing is made", arguments: ["", "/deep/down"])
    func good(below: String) throws {
        let folder = try TemporaryFolder()
        try ReplicaPlace.check("\(folder.path)\(below)/replica.sqlite")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("Is refused below a file")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/file"
        try Data().write(to: URL(filePath: path))
        #expect(throws: ReplicaError.notAFolder(path: path)) { try ReplicaPlace.check("\(path)/replica.sqlite") }
        // Further below, the system says it.
        #expect(throws: ReplicaError.system(call: "stat", path: "\(path)/deep", code: ENOTDIR)) {
            try ReplicaPlace.check("\(path)/deep/replica.sqlite")
        }
    }

    @Test("Is refused where this user may write nothing", .enabled(if: geteuid() != 0, "root may write anywhere"))
    func readOnly() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        #expect(throws: ReplicaError.readOnly(path: folder.path)) {
            try ReplicaPlace.check("\(folder.path)/replica.sqlite")
        }
        #expect(throws: ReplicaError.system(call: "mkdir", path: "\(folder.path)/deep", code: EACCES)) {
            try ReplicaPlace.check("\(folder.path)/deep/replica.sqlite")
        }
    }
}
