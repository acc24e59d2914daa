import DataAPI
import Replica

/// What getting a record by its id tells.
enum Look: Sendable {
    case found(Record)
    /// Welkin answers 404, or with a record of another id: none has this one.
    case gone
    /// It cannot be asked for: its id is no segment of a path, or the record is larger than an answer may be.
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
