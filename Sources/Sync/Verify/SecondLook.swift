internal import DataAPI
internal import Replica

/// Decides by a second look whether a difference is one. A record that changed in the meantime is
/// none: the next pull brings it.
enum SecondLook {
    /// - Parameters:
    ///   - kind: what the comparison of Find's record with the replica gave.
    ///   - found: Find's record.
    ///   - stored: the replica's; nil when it has none.
    ///   - again: the record as Welkin has it now; nil after a 404.
    static func confirm(
        _ kind: Difference.Kind, found: Record, stored: Record?, again: Record?, of resource: Resource
    ) -> DriftKind? {
        guard let again, again.cursor(of: resource) == found.cursor(of: resource) else { return nil }
        if kind == .different {
            // Other spaces, or another order, are no other content; and what differs from look to
            // look (a signed address) cannot be kept.
            if let stored, stored.hasSameContent(as: found) { return nil }
            guard again.hasSameContent(as: found) else { return nil }
        }
        return DriftKind(kind)
    }

    /// - Parameters:
    ///   - stored: a live row that Find does not list.
    ///   - bound: the end of what was pulled; younger versions are the next pull's.
    static func confirm(
        unlisted stored: StoredVersion, again: Record?, until bound: Instant, of resource: Resource
    ) -> DriftKind? {
        guard let again else { return .extra }
        guard let cursor = again.cursor(of: resource), let known = stored.cursor, cursor <= bound else { return nil }
        return known < cursor ? .stale : known > cursor ? .newer : nil
    }
}
