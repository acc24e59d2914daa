import FastCGI
import Foundation
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

    @Test("One that can be had is there, with its mode") func there() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("socket-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("s").path
        let socket = try ListeningSocket.bind(path: path, mode: 0o660, group: nil)
        _ = consume socket
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o660)
    }
}
