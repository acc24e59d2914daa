import Foundation
import StoreFiles
import TestSupport
import Testing

@Suite("The place for a store")
struct StorePlaceTests {
    @Test(
        "Is good in a folder that takes new files, there or to be made; nothing is made", arguments: ["", "/deep/down"])
    func good(below: String) throws {
        let folder = try TemporaryFolder()
        try StorePlace.check("\(folder.path)\(below)/store.db")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("Is refused below a file")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/file"
        try Data().write(to: URL(filePath: path))
        #expect(throws: StoreFileError.notAFolder(path: path)) { try StorePlace.check("\(path)/store.db") }
        // Further below, the system says it.
        #expect(throws: StoreFileError.system(call: "stat", path: "\(path)/deep", code: ENOTDIR)) {
            try StorePlace.check("\(path)/deep/store.db")
        }
    }

    @Test("Is refused where this user may write nothing", .enabled(if: geteuid() != 0, "root may write anywhere"))
    func readOnly() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        #expect(throws: StoreFileError.readOnly(path: folder.path)) {
            try StorePlace.check("\(folder.path)/store.db")
        }
        #expect(throws: StoreFileError.system(call: "mkdir", path: "\(folder.path)/deep", code: EACCES)) {
            try StorePlace.check("\(folder.path)/deep/store.db")
        }
    }
}
