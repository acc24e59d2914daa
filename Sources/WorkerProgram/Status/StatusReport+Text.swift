import DataAPI
import Replica

extension StatusReport {
    /// For people: a verdict, a row for each stream that is not in order, and what to do about it.
    ///
    /// - Parameters:
    ///   - all: a row for each stream.
    ///   - width: of the terminal, in characters.
    package func text(all: Bool = false, width: Int = 80, paint: Paint = .plain) -> String {
        let tone: Paint.Tone = verdict.isInOrder ? .good : verdict.isCurrent ? .warning : .bad
        let sentence = verdict.text(longestLag: longestLag, names: false)
        var text = paint(Paragraph.text(Words.sentence(sentence) + ".", width: width), tone)
        if let run { text += Paragraph.text(Self.sentence(run), width: width) }
        let shown = all ? health : health.filter { !$0.isInOrder }
        if !shown.isEmpty { text += "\n" + table(shown, width: width, paint: paint) }
        let advice = advice
        if !advice.isEmpty { text += "\n" + advice.map { Paragraph.text($0, width: width) }.joined() }
        let folded = health.count - shown.count
        if folded > 0 {
            let rows = Words.count(health.reduce(0) { $0 + $1.status.rows }, "record")
            let what = shown.isEmpty ? "\(rows) in all" : "\(Words.grouped(folded)) more in order"
            text +=
                (shown.isEmpty ? "" : "\n")
                + paint(Paragraph.text("\(what); `welkin-worker status --all` lists each.", width: width), .dim)
        }
        return text
    }

    private static func sentence(_ run: RunLock.Holder) -> String {
        "A run is in progress" + (run.process.map { ": process \($0)" } ?? "")
            + (run.since.map { ", since \($0.toTheSecond)" } ?? "") + "."
    }

    private func table(_ shown: [StreamHealth], width: Int, paint: Paint) -> String {
        // The least useful column goes first on a narrow terminal.
        let hasDeleted = width >= 60
        let head = ["RESOURCE", "RECORDS"] + (hasDeleted ? ["DELETED"] : []) + ["LAG", "STATE"]
        var rows = [head] + shown.map { row($0, hasDeleted: hasDeleted) }
        let (last, widths) = (head.count - 1, TextTable.widths(rows))
        // The names shrink first, down to a third of the width, then the states.
        let rest = width - widths[1..<last].reduce(0, +) - 2 * last
        let name = max(8, min(widths[0], max(rest - widths[last], width / 3)))
        for index in rows.indices {
            rows[index][0] = Words.cut(rows[index][0], to: name)
            rows[index][last] = Words.cut(rows[index][last], to: max(5, rest - name))
        }
        let lines = TextTable.lines(rows, rightAligned: 1...(last - 1))
        let painted = zip(lines.dropFirst(), shown).map { line, health in
            health.isInOrder ? line : paint(line, health.problems.isEmpty ? .warning : .bad)
        }
        return ([paint(lines[0], .dim)] + painted).map { $0 + "\n" }.joined()
    }

    private func row(_ health: StreamHealth, hasDeleted: Bool) -> [String] {
        let status = health.status
        return ["\(status.stream)", Words.grouped(status.rows)]
            + (hasDeleted ? [Words.grouped(status.deleted)] : [])
            + [
                status.lag(at: now).map(Words.span) ?? "-",
                health.isInOrder ? "in order" : health.words.joined(separator: ", "),
            ]
    }

    /// The meaning of each state and what to do about it, once each.
    private var advice: [String] {
        let problems = health.flatMap(\.problems)
        var advice: [String] = []
        if health.isEmpty { advice.append("`welkin-worker sync` pulls everything.") }
        let failing = health.filter { $0.status.lastErrorCode != nil }
        if !failing.isEmpty {
            let last = failing.compactMap(\.status.lastSuccess).min().map {
                "; the oldest last success is \($0.toTheSecond)"
            }
            advice.append("Failing: `welkin-worker check` reports the problem and its remedy\(last ?? "").")
        }
        if problems.contains(where: { if case .cursorAhead = $0 { true } else { false } }) {
            advice.append(
                "A cursor in the future: a clock was or is wrong, usually this machine's. Let NTP set it; the next "
                    + "sync resets the cursor and pulls everything again.")
        }
        if problems.contains(.neverFinished) {
            advice.append("First pull not finished: `welkin-worker sync` continues where it stopped.")
        }
        if problems.contains(where: { if case .behind = $0 { true } else { false } }), run == nil {
            advice.append(
                "Behind: check that cron or systemd runs `welkin-worker sync`; to remove a resource that is no longer "
                    + "pulled, run `welkin-worker forget-resource NAME`.")
        }
        for health in health where !health.status.unfinished.isEmpty { advice.append(Self.sentence(of: health.status)) }
        if health.contains(where: { $0.status.quarantined > 0 }) {
            advice.append(
                "Quarantined records could not be read: `welkin-worker status --quarantine` lists them; each leaves "
                    + "when Welkin sends a valid version.")
        }
        return advice
    }

    private static func sentence(of status: StreamStatus) -> String {
        "Unfinished: more records of \(status.stream) share "
            + Words.list(status.unfinished.map(\.description))
            + " than a page holds. Some of them may be missing here; "
            + "each run tries again."
    }
}
