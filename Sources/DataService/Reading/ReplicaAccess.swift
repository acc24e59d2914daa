package import Identifiers
import Records
import Replica
import StoreFiles
import Synchronization

/// The replica as one thread reads it: opened when it is there, and again after it was replaced or its tables have
/// changed.
package final class ReplicaAccess: Sendable {
    private let path: String
    private let provider: ProviderID
    /// One reader for one thread at a time.
    private let reader = Mutex<ReplicaReader?>(nil)

    package init(path: String, provider: ProviderID) {
        self.path = path
        self.provider = provider
    }

    /// A reader of its own for another thread.
    package func another() -> ReplicaAccess { ReplicaAccess(path: path, provider: provider) }

    /// Reads as of one moment. Where there is no replica, there are no records.
    package func read<Answer>(_ body: (RecordReader) throws -> sending Answer) throws -> sending Answer {
        try reader.withLock { reader in
            guard let current = try current(&reader) else { return try body(RecordReader(nil)) }
            do {
                try current.begin()
                let answer = try body(RecordReader(current))
                try current.end()
                return answer
            } catch let error as ReplicaError {
                // Whatever is wrong with it, the next request begins anew.
                reader = nil
                throw error
            } catch {
                try? current.end()
                throw error
            }
        }
    }

    /// What has changed since a version.
    func changes(since version: StoreVersion, _ interest: ChangeBoard.Interest) -> Changes {
        noted(since: version).changes(for: interest)
    }

    /// What has changed since a version, for pages of any interest.
    func noted(since version: StoreVersion) -> NotedChanges {
        NotedChanges(found: try? read { try $0.changes(since: version) })
    }

    private func current(_ reader: inout ReplicaReader?) throws(ReplicaError) -> ReplicaReader? {
        if let open = reader, (try? open.isCurrent()) == true { return open }
        reader = nil
        do throws(ReplicaError) {
            reader = try ReplicaReader(path: path, provider: provider)
        } catch .file(.missing(_)) {
            return nil
        }
        return reader
    }
}

/// What has changed since a version: read once for all pages that wait since then.
struct NotedChanges {
    /// Nil if the replica could not be read; no notes if they do not go back that far.
    let found: (notes: [ChangeNote]?, version: StoreVersion)?

    func changes(for interest: ChangeBoard.Interest) -> Changes {
        guard let found else { return .unavailable }
        guard let notes = found.notes else { return .reset(found.version) }
        return .news(
            News(
                version: found.version, patientChanged: notes.contains { $0.concerns(interest.patient) },
                scheduleChanged: interest.patient == nil && notes.contains(where: \.concernsSchedules)))
    }
}
