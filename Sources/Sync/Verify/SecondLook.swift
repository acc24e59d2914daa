import DataAPI
import Replica

/// Decides by a second look whether a difference is real. A record that changed in the meantime is not one,
/// because the next pull brings it.
enum SecondLook {
    /// - Parameters:
    ///   - kind: the result of comparing Find's record with the replica.
    ///   - found: Find's record.
    ///   - stored: the replica's record; nil if it has none.
    ///   - again: the record as Welkin has it now. If it cannot be requested, Find's record counts.
    static func confirm(
        _ kind: Difference.Kind, found: Record, stored: Record?, again: Look, of resource: Resource
    ) -> DriftKind? {
        // Different spacing or order is not different content.
        if kind == .different, let stored, stored.hasSameContent(as: found) { return nil }
        switch again {
        case .gone: return nil
        case .unaskable: return DriftKind(kind)
        case .found(let again):
            guard again.cursor(of: resource) == found.cursor(of: resource) else { return nil }
            // A value that differs on every look (a signed address) cannot be kept.
            if kind == .different, !again.hasSameContent(as: found) { return nil }
            return DriftKind(kind)
        }
    }

    /// - Parameters:
    ///   - stored: a live row that Find does not list.
    ///   - bound: the end of what was pulled; the next pull brings newer versions.
    static func confirm(
        unlisted stored: StoredVersion, again: Look, until bound: Instant, of resource: Resource
    ) -> DriftKind? {
        switch again {
        case .gone: return .extra
        case .unaskable: return nil
        case .found(let again):
            guard let cursor = again.cursor(of: resource), let known = stored.cursor, cursor <= bound else {
                return nil
            }
            return known < cursor ? .stale : known > cursor ? .newer : nil
        }
    }
}

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
