import DataAPI
import Replica

/// Decides by a second look whether a difference is one. A record that changed in the meantime is
/// none: the next pull brings it.
enum SecondLook {
    /// - Parameters:
    ///   - kind: what the comparison of Find's record with the replica gave.
    ///   - found: Find's record.
    ///   - stored: the replica's; nil when it has none.
    ///   - again: the record as Welkin has it now. Where it cannot be asked for, Find's word has to do.
    static func confirm(
        _ kind: Difference.Kind, found: Record, stored: Record?, again: Look, of resource: Resource
    ) -> DriftKind? {
        // Other spaces, or another order, are no other content.
        if kind == .different, let stored, stored.hasSameContent(as: found) { return nil }
        switch again {
        case .gone: return nil
        case .unaskable: return DriftKind(kind)
        case .found(let again):
            guard again.cursor(of: resource) == found.cursor(of: resource) else { return nil }
            // What differs from look to look (a signed address) cannot be kept.
            if kind == .different, !again.hasSameContent(as: found) { return nil }
            return DriftKind(kind)
        }
    }

    /// - Parameters:
    ///   - stored: a live row that Find does not list.
    ///   - bound: the end of what was pulled; younger versions are the next pull's.
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
