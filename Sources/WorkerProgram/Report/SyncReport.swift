import Replica
package import Sync

/// How a sync went, for people: a verdict, the changes, the problems and their remedies.
package struct SyncReport: Sendable {
    private let results: [PullResult]
    private let exitCode: Int32
    private let elapsed: Duration
    private let isDry: Bool
    private let isStopped: Bool
    private let isLost: Bool
    private let counts: CommitCounts

    /// - Parameters:
    ///   - isDry: whether it only counted.
    ///   - isStopped: by a signal.
    ///   - isLost: whether the replica's file is no longer in its place.
    package init(
        _ results: [PullResult], exitCode: Int32, elapsed: Duration, isDry: Bool = false, isStopped: Bool = false,
        isLost: Bool = false
    ) {
        self.results = results
        self.exitCode = exitCode
        self.elapsed = elapsed
        self.isDry = isDry
        self.isStopped = isStopped
        self.isLost = isLost
        counts = results.reduce(into: CommitCounts()) { $0 += $1.counts }
    }

    /// The report, at most `width` characters wide.
    package func text(width: Int, paint: Paint) -> String {
        var text = paint(Paragraph.text(verdict, width: width), .of(exitCode: exitCode, isStopped: isStopped))
        if isLost { return text }
        if counts.received > 0 { text += Paragraph.text(changes, indent: 2, width: width) }
        text += FailureAdvice.text(results.map { ($0.stream, $0.outcome) }, width: width, paint: paint)
        for note in notes { text += paint(Paragraph.text(note, indent: 2, width: width), .warning) }
        return next.map { text + Paragraph.text("Next: \($0)", width: width) } ?? text
    }

    private var verdict: String {
        let time = Words.taken(elapsed)
        let resources = Set(results.map(\.stream.resource))
        let unfinished = Set(results.filter { $0.outcome != .done }.map(\.stream.resource))
        let all = Words.count(resources.count, "resource")
        let through = "\(resources.count - unfinished.count) of \(all)"
        if isLost { return "Failed after \(time): everything received is lost." }
        if isStopped { return "Stopped after \(time): \(through) complete." }
        switch exitCode {
        case ExitStatus.done where isDry: return "Counted \(all) in \(time); nothing was written."
        case ExitStatus.done where hasNews: return "Up to date: \(all), in \(time)."
        case ExitStatus.done: return "Up to date: nothing new in \(all), in \(time)."
        case ExitStatus.partlyDone: return "Partly done: \(through) complete, in \(time)."
        default: return "Failed after \(time): \(through) complete."
        }
    }

    private var hasNews: Bool { counts.inserted + counts.updated > 0 }

    private var changes: String {
        let figures = [
            (counts.inserted, "new"), (counts.updated, "changed"), (counts.unchanged, "unchanged"),
            (counts.older, "older than here"), (counts.quarantined, "unreadable"),
        ]
        let parts = figures.filter { $0.0 > 0 }.map { "\(Words.grouped($0)) \($1)" }
        return "\(Words.count(counts.received, "record")) received: \(parts.joined(separator: ", "))"
    }

    /// What did not fail but still needs attention.
    private var notes: [String] {
        var notes: [String] = []
        let quarantined = results.filter { $0.counts.quarantined > 0 }
        if !quarantined.isEmpty {
            let each = quarantined.map { "\($0.stream): \(Words.grouped($0.counts.quarantined))" }
            notes.append(
                "\(Words.count(counts.quarantined, "record")) could not be read (\(Words.list(each))). "
                    + (isDry
                        ? "A sync quarantines them."
                        : "`welkin-worker status --quarantine` lists them; each leaves "
                            + "when Welkin sends a valid version."))
        }
        let unfinished = results.filter { $0.unfinished > 0 }
        if !unfinished.isEmpty {
            let sum = unfinished.reduce(0) { $0 + $1.unfinished }
            notes.append(
                "\(Words.count(sum, "instant")) of \(Words.list(unfinished.map { "\($0.stream)" })) could not be "
                    + "proven complete: more records share it than a page holds. `welkin-worker status` names them, "
                    + "and each run tries them again.")
        }
        let waiting = results.filter { $0.outcome == .notBegun }.count
        if waiting > 0, !isStopped {
            notes.append("\(Words.count(waiting, "stream")) not tried: the same failure would have occurred.")
        }
        return notes
    }

    private var next: String? {
        if isStopped { return "`welkin-worker sync` resumes from there; nothing is lost." }
        switch exitCode {
        case ExitStatus.done where isDry && hasNews: return "`welkin-worker sync` without --dry-run pulls them."
        case ExitStatus.done: return nil
        default:
            let failures = results.compactMap(\.outcome.failure)
            let isMendable = failures.contains { !FailureAdvice($0).isTransient }
            return isMendable ? "fix that and run `welkin-worker sync` again; everything received is kept." : nil
        }
    }
}
