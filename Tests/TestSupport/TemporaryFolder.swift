import Foundation

/// A folder of a test's own that only its owner can enter. It goes when the value does.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("welkin-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package static func use(_ body: (TemporaryFolder) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try withExtendedLifetime(folder) { try body(folder) }
    }

    package static func use(_ body: (TemporaryFolder) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try await body(folder)
        withExtendedLifetime(folder) {}
    }

    /// Of a file in it.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// What is in it, in no order.
    package var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

    /// Replaces a file as a whole by one that only its owner may read, and returns its path.
    @discardableResult
    package func write(_ name: String, _ text: String, permissions: Int = 0o600) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path(name))
        return path(name)
    }

    /// Writes into a file, whatever that is.
    package func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    package func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}
