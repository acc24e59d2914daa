import Identifiers
import Records
import Replica
import TestSupport

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
            try await body { try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!) }
        }
    }
}

extension TemporaryFolder {
    /// Where a replica goes.
    var replica: String { path("replica.sqlite") }
}
