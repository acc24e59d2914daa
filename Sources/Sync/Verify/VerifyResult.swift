package import Replica

/// How a record here and in Welkin differ.
package enum DriftKind: String, Hashable, Sendable, CaseIterable {
    /// Welkin has it; it is not here.
    case missing
    /// An older version, or other content, is here.
    case stale
    /// A newer version is here than Welkin has, such as after Welkin was restored from a backup.
    case newer
    /// Here it is marked as deleted; Welkin has it.
    case deleted
    /// It is alive here; Welkin answers 404.
    case extra

    init(_ kind: Difference.Kind) {
        switch kind {
        case .missing: self = .missing
        case .stale, .different: self = .stale
        case .newer: self = .newer
        case .deleted: self = .deleted
        }
    }
}

/// Lets a verification put right what it finds, as Welkin has it: what is missing, stale, newer or wrongly marked
/// as deleted is written, what is extra is marked as deleted.
package struct Repair: Hashable, Sendable {
    /// Lifts the brake: else, when more than ten rows and more than one in twenty of a stream's live rows are
    /// extra, or more than half of them and more than two, or all, none is marked.
    package var allowsMassDeletion: Bool

    /// With the brake, unless told otherwise.
    package init(allowsMassDeletion: Bool = false) { self.allowsMassDeletion = allowsMassDeletion }

    /// How many rows may be marked as deleted.
    func limit(rows: Int) -> Int {
        allowsMassDeletion ? .max : min(max(10, rows / 20), max(rows / 2, min(2, rows - 1)), rows)
    }
}

/// What a verification found.
package struct VerifyResult: Hashable, Sendable {
    /// Whose records were compared.
    package let stream: StreamID
    /// How it ended. All figures are of what was compared until then.
    public package(set) var outcome = Outcome.done
    /// The records of Welkin that were compared; those at the edge of two pages count twice.
    public package(set) var compared = 0
    /// Elements of pages that are no records.
    public package(set) var unreadable = 0
    /// Differences that no second look could confirm, since the record cannot be asked for by its id.
    public package(set) var unconfirmed = 0
    /// Instants that more records carry than a page holds: what of them is missing here could not be seen.
    public package(set) var unfinished = 0
    /// Confirmed differences; a kind that was not found is absent.
    public package(set) var drift: [DriftKind: Int] = [:]
    /// Confirmed differences of all kinds.
    package var differences: Int { drift.values.reduce(0, +) }
    /// How many differences were put right.
    public package(set) var repaired = 0
    /// Whether rows were not marked as deleted since they are too many.
    public package(set) var isBraked = false

    package init(_ stream: StreamID) { self.stream = stream }

    static func notBegun(_ stream: SyncStream) -> VerifyResult {
        var result = VerifyResult(stream.id)
        result.outcome = .notBegun
        return result
    }

    /// Everything was compared, and nothing differs.
    package var isClean: Bool { outcome == .done && drift.isEmpty }
}
