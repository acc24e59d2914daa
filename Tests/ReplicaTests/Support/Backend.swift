import DataAPI
import Foundation
import Replica

/// Every implementation of the store. The contract tests run over all of them.
enum Backend: CaseIterable, Sendable {
    case sqlite

    /// A store without records, gone afterwards.
    func withStore(_ body: (any ReplicaStore) async throws -> Void) async throws {
        try await withReopenableStore { open in
            let store = try await open()
            try await body(store)
            try await store.close()
        }
    }

    /// A replica that `body` opens, and may close and open again.
    func withReopenableStore(
        _ body: (_ open: () async throws -> any ReplicaStore) async throws -> Void
    ) async throws {
        switch self {
        case .sqlite:
            let folder = try TemporaryFolder()
            try await body { try SQLiteReplica(path: folder.replica, provider: "provider-1") }
        }
    }
}

/// A folder of a test's own, 0700, removed with the value.
final class TemporaryFolder: Sendable {
    let path: String

    /// Where a replica goes.
    var replica: String { "\(path)/replica.sqlite" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path(percentEncoded: false) + "replica-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
