import Foundation
import Platform
import Testing

@Suite("A socket that cannot be had")
struct ListeningSocketTests {
    @Test("The path is named") func path() throws {
        let path = "/nonexistent-folder/launch.sock"
        let error = #expect(throws: SocketError.self) {
            let socket = try ListeningSocket.bind(path: path, mode: 0o660, group: nil)
            _ = consume socket
        }
        #expect(error?.description == "bind \(path): No such file or directory")
    }

    /// Makes a folder for one test.
    private func withFolder(_ body: (_ folder: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("socket-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func bind(_ path: String) throws -> Int? {
        let socket = try ListeningSocket.bind(path: path, mode: 0o660, group: nil)
        _ = consume socket
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("One that can be had is there, with its mode, also in the place of another socket") func there() throws {
        try withFolder { (folder: String) throws in
            #expect(try bind(folder + "/s") == 0o660)
            #expect(try bind(folder + "/s") == 0o660)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["s"])
        }
    }

    @Test(
        "What is no socket is left as it is",
        arguments: ["a file", "a folder", "a link to a file", "a link to a socket"])
    func occupied(_ kind: String) throws {
        try withFolder { (folder: String) throws in
            let (path, files) = (folder + "/s", FileManager.default)
            switch kind {
            case "a file": try "WELKIN_SESSION_KEY=x".write(toFile: path, atomically: true, encoding: .utf8)
            case "a folder": try files.createDirectory(atPath: path, withIntermediateDirectories: false)
            case "a link to a file":
                try "x".write(toFile: folder + "/target", atomically: true, encoding: .utf8)
                try files.createSymbolicLink(atPath: path, withDestinationPath: folder + "/target")
            default:
                _ = try bind(folder + "/target")
                try files.createSymbolicLink(atPath: path, withDestinationPath: folder + "/target")
            }
            let before = try files.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            let error = #expect(throws: SocketError.self) { _ = try bind(path) }
            #expect(error == .occupied(path: path))
            #expect(
                error?.description == "\(path) already exists and is not a socket; choose another path, or move it")
            #expect(try files.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
        }
    }
}
