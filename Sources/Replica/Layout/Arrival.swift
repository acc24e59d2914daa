import Records

/// Which version of a record is here.
struct StoredState {
    /// The row.
    let number: Int64
    let cursor: Instant?
    /// Whether it has the bytes of the one that is looked at.
    let isIdentical: Bool
    let isDeleted: Bool
    /// Whether the stream that it comes from now is the one that it is noted for.
    let isOfStream: Bool
}

/// What becomes of a record whose id is here already.
enum Arrival {
    case updated, unchanged, older

    /// Where either version has no date, the one that came last wins. What is marked as deleted is there
    /// again, however old it is: Welkin has it.
    ///
    /// - Parameter overrules: the one that came last wins anyway.
    init(of record: RecordIdentity, to stored: StoredState, overrules: Bool) {
        if !overrules, !stored.isDeleted, let cursor = record.cursor, let other = stored.cursor, cursor < other {
            self = .older
        } else {
            self = stored.isIdentical && !stored.isDeleted ? .unchanged : .updated
        }
    }
}

extension Difference.Kind {
    /// Nil when what is here is right.
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
