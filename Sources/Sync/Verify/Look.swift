import DataAPI
import Replica

/// The result of getting a record by its id.
enum Look: Sendable {
    case found(Record)
    /// Welkin answers 404, or with a record of another id: no record has this id.
    case gone
    /// It cannot be requested: its id cannot be a path segment, or the record is larger than an answer may be.
    case unaskable

    init(at id: String, of resource: Resource, in source: any PageSource) async throws {
        do {
            let record = try await source.record(resource, id: id)
            self = record.flatMap { $0.replicaID == id ? .found($0) : nil } ?? .gone
        } catch let error as DataAPIError where error.code == .invalidID || error.code == .tooLarge {
            self = .unaskable
        }
    }
}
