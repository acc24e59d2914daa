import Identifiers
import Journal
import TestSupport

/// Every implementation of the journal. The contract tests run over all of them.
enum Backend: CaseIterable, Sendable {
    case sqlite

    /// An empty journal, gone afterwards.
    func withStore(_ body: (any JournalStore) async throws -> Void) async throws {
        try await withReopenableStore { open in
            let store = try await open()
            try await body(store)
            try await store.close()
        }
    }

    /// A journal that `body` opens, and may open again, also while it is open.
    func withReopenableStore(_ body: (_ open: () async throws -> any JournalStore) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            let folder = try TemporaryFolder()
            try await body { try SQLiteJournal(path: folder.journal, provider: .one) }
        }
    }
}

extension ProviderID {
    static let one = ProviderID("provider-1")!
}

extension TemporaryFolder {
    /// Where a journal goes.
    var journal: String { path("journal.db") }
}
