import Records

/// The version of a record that is here.
struct StoredState {
    /// The row.
    let number: Int64
    let cursor: Instant?
    /// Whether its bytes equal those of the arriving record.
    let isIdentical: Bool
    /// When it was found to be deleted; nil while it is live.
    let deletedAt: Instant?
    /// The patient of a version with other bytes; nil if it has none.
    let patient: [UInt8]?
    /// Whether the stream that brings it now is the one stored for it.
    let isOfStream: Bool

    var isDeleted: Bool { deletedAt != nil }
}

/// When records were asked for and received, by the clock that also says when records were found to be deleted.
struct AnswerTimes {
    /// Nil if unknown.
    let askedAt: Instant?
    let receivedAt: Instant

    /// How far apart the clocks of two processes may be, and the moments of receiving an answer and of storing it.
    private static let tolerance = Duration.seconds(60)

    /// Whether the answer is older than the finding that a record is deleted. A finding from the future shows that a
    /// clock was wrong, and proves nothing.
    func precede(_ deletedAt: Instant) -> Bool {
        guard let askedAt else { return false }
        return askedAt <= deletedAt && deletedAt <= receivedAt + Self.tolerance
    }
}

/// The result for a record whose id is already here.
enum Arrival {
    case updated, unchanged, older

    /// If either version has no date, the one that came last wins. A record that is marked as deleted is live
    /// again, however old it is, because Welkin has it; but not by an answer that is older than the finding that it
    /// is deleted.
    ///
    /// - Parameter overrules: the one that came last always wins.
    init(of record: RecordIdentity, to stored: StoredState, overrules: Bool, _ times: AnswerTimes) {
        if let deletedAt = stored.deletedAt, times.precede(deletedAt) {
            self = .older
        } else if !overrules, !stored.isDeleted, let cursor = record.cursor, let other = stored.cursor, cursor < other {
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
