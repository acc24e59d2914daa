import DataAPI
import Identifiers
package import Journal

/// One audit entry as a row of a table, for an operator. Ids are shortened; the other formats have all of them.
package enum AuditLine {
    /// The columns' names.
    package static let head = line("TIME (UTC)", "WHO", "PATIENT", "OUTCOME", "WHAT") + "\n"

    /// The entry in one line.
    ///
    /// - Parameter width: of the terminal, in characters; nil where lines may have any length.
    package static func text(_ stored: StoredAuditEntry, width: Int?) -> String {
        let entry = stored.entry
        let who =
            switch entry.actor {
            case .account(let name): name
            case .session(_, _, let worker): worker.text
            }
        var what = [entry.route, entry.resource, entry.record].compactMap { $0 }
        if let count = entry.count { what.append(Words.count(count, "record")) }
        if stored.attempts > 1 { what.append(Words.count(stored.attempts, "attempt")) }
        let time = entry.time.toTheSecond.replacing("T", with: " ").dropLast()
        let line = line(
            String(time), who, entry.patient?.text ?? "-", entry.outcome.rawValue, what.joined(separator: " "))
        return (width.map { Words.cut(line, to: max(79, $0 - 1)) } ?? line) + "\n"
    }

    private static func line(
        _ time: String, _ who: String, _ patient: String, _ outcome: String, _ what: String
    ) -> String {
        [
            Words.padded(time, to: 19), Words.padded(Words.cut(who, to: 9), to: 9),
            Words.padded(Words.cut(patient, to: 9), to: 9), Words.padded(Words.cut(outcome, to: 13), to: 13), what,
        ].joined(separator: "  ")
    }
}
