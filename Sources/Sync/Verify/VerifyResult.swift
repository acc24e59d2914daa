package import Replica

/// How a record here differs from Welkin's.
package enum DriftKind: String, Hashable, Sendable, CaseIterable {
    /// Welkin has it; it is not here.
    case missing
    /// An older version, or other content, is here.
    case stale
    /// A newer version than Welkin's is here, such as after Welkin was restored from a backup.
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

/// Lets a verification repair what it finds, as Welkin has it: writes records that are missing, stale, newer or
/// wrongly marked as deleted, and marks extra ones as deleted.
package struct Repair: Hashable, Sendable {
    /// Lifts the brake. With the brake, none is marked if the extra rows are more than ten and more than one in
    /// twenty of a stream's live rows, or more than two and more than half of them, or all of them.
    package var allowsMassDeletion: Bool

    /// The brake is on by default.
    package init(allowsMassDeletion: Bool = false) { self.allowsMassDeletion = allowsMassDeletion }

    /// How many rows may be marked as deleted.
    func limit(rows: Int) -> Int {
        allowsMassDeletion ? .max : min(max(10, rows / 20), max(rows / 2, min(2, rows - 1)), rows)
    }
}

/// The findings of a verification.
package struct VerifyResult: Hashable, Sendable {
    /// The stream whose records were compared.
    package let stream: StreamID
    /// How it ended. All figures are of what was compared up to then.
    public package(set) var outcome = Outcome.done
    /// The records of Welkin that were compared; those at the edge of two pages count twice.
    public package(set) var compared = 0
    /// Page elements that are not records.
    public package(set) var unreadable = 0
    /// Differences that no second look could confirm, because the record cannot be requested by its id.
    public package(set) var unconfirmed = 0
    /// Instants that more records share than a page holds: some may be missing here unseen.
    public package(set) var unfinished = 0
    /// Confirmed differences; a kind that was not found is absent.
    public package(set) var drift: [DriftKind: Int] = [:]
    /// Confirmed differences of all kinds.
    package var differences: Int { drift.values.reduce(0, +) }
    /// How many differences were repaired.
    public package(set) var repaired = 0
    /// Whether rows were not marked as deleted because they are too many.
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
