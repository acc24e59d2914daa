import Records

/// The version of a record that is here.
struct StoredState {
    /// The row.
    let number: Int64
    let cursor: Instant?
    /// Whether its bytes equal those of the arriving record.
    let isIdentical: Bool
    let isDeleted: Bool
    /// Whether the stream that brings it now is the one stored for it.
    let isOfStream: Bool
}

/// The result for a record whose id is already here.
enum Arrival {
    case updated, unchanged, older

    /// If either version has no date, the one that came last wins. A record that is marked as deleted is live
    /// again, however old it is, because Welkin has it.
    ///
    /// - Parameter overrules: the one that came last always wins.
    init(of record: RecordIdentity, to stored: StoredState, overrules: Bool) {
        if !overrules, !stored.isDeleted, let cursor = record.cursor, let other = stored.cursor, cursor < other {
            self = .older
        } else {
            self = stored.isIdentical && !stored.isDeleted ? .unchanged : .updated
        }
    }
}

extension Difference.Kind {
    /// Nil if the version here is right.
    init?(of record: RecordIdentity, to stored: StoredState?) {
        guard let stored else {
            self = .missing
            return
        }
        if stored.isDeleted {
            self = .deleted
        } else if let cursor = record.cursor, let other = stored.cursor, cursor != other {
            self = other < cursor ? .stale : .newer
        } else if !stored.isIdentical {
            self = .different
        } else {
            return nil
        }
    }
}
