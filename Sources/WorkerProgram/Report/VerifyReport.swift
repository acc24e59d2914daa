import Replica
package import Sync

/// The result of a verification: a verdict, and the command to continue with.
package struct VerifyReport: Sendable {
    private let results: [VerifyResult]
    private let exitCode: Int32
    private let isRepair: Bool
    private let isStopped: Bool
    private let isLost: Bool

    /// - Parameters:
    ///   - isRepair: whether the run repairs differences.
    ///   - isStopped: by a signal.
    ///   - isLost: whether the replica's file is no longer in its place.
    package init(
        _ results: [VerifyResult], exitCode: Int32, isRepair: Bool = false, isStopped: Bool = false,
        isLost: Bool = false
    ) {
        self.results = results
        self.exitCode = exitCode
        self.isRepair = isRepair
        self.isStopped = isStopped
        self.isLost = isLost
    }

    private var compared: Int { results.reduce(0) { $0 + $1.compared } }
    private var repaired: Int { results.reduce(0) { $0 + $1.repaired } }
    private var drift: [DriftKind: Int] { results.reduce(into: [:]) { $0.merge($1.drift, uniquingKeysWith: +) } }
    private var differ: Int { results.reduce(0) { $0 + $1.differences } }
    private var unconfirmed: Int { results.reduce(0) { $0 + $1.unconfirmed } }
    private var unreadable: Int { results.reduce(0) { $0 + $1.unreadable } }

    /// The run's last lines in a log: one for each stream that was compared at all, and the verdict.
    package var entries: [LogEntry] {
        let begun = results.filter { $0.outcome != .notBegun && ($0.outcome != .stopped || $0.compared > 0) }
        return begun.map { LogEntry($0) } + [entry]
    }

    private var entry: LogEntry {
        LogEntry("compared", exitCode == ExitStatus.done ? .info : .warning).with("exit", Int(exitCode))
            .with("streams", results.count).with("records", compared).with("differ", differ)
            .with("repaired", repaired).with("remedy", command)
    }

    /// The same for people, at most `width` characters wide.
    package func text(width: Int, paint: Paint) -> String {
        var text = paint(Paragraph.text(verdict, width: width), .of(exitCode: exitCode, isStopped: isStopped))
        if isLost { return text }
        for result in results where !result.drift.isEmpty {
            text += Paragraph.text(Self.line(result), indent: 2, width: width)
        }
        text += FailureAdvice.text(results.map { ($0.stream, $0.outcome) }, width: width, paint: paint)
        if !isRepair, differ > 0 { text += Paragraph.text(wouldRepair, indent: 2, width: width) }
        for note in notes { text += paint(Paragraph.text(note, indent: 2, width: width), .warning) }
        // The operator must think before following this advice.
        let next = results.contains(where: \.isBraked) ? "Next, if they are really gone:" : "Next:"
        return command.map { text + Paragraph.next(next, command: $0, width: width) } ?? text
    }

    private var verdict: String {
        let records = Words.count(compared, "record")
        let resources = Words.count(Set(results.map(\.stream.resource)).count, "resource")
        let found = "\(Words.grouped(differ)) differ\(differ == 1 ? "s" : ""): \(Self.kinds(drift))"
        if isLost { return "Failed: the replica that was compared is gone." }
        if isStopped { return "Stopped: \(records) were compared\(differ > 0 ? "; \(found)" : "")." }
        if differ == 0 {
            if exitCode == ExitStatus.done { return "In order: \(records) of \(resources) match Welkin." }
            return compared == 0 ? "Nothing could be compared." : "\(records) were compared, and none differs."
        }
        guard isRepair else { return "\(found). \(records) of \(resources) were compared." }
        return repaired >= differ
            ? "Repaired: \(Words.grouped(differ)) differed (\(Self.kinds(drift))), and all match Welkin now."
            : "\(found). \(repaired == 0 ? "None" : Words.grouped(repaired)) \(repaired < 2 ? "was" : "were") repaired."
    }

    /// `visits: 12 missing, 15 extra`
    private static func line(_ result: VerifyResult) -> String {
        "\(result.stream): \(kinds(result.drift))" + (result.repaired > 0 ? "; \(result.repaired) repaired" : "")
    }

    private static func kinds(_ drift: [DriftKind: Int]) -> String {
        DriftKind.allCases.compactMap { kind in drift[kind].map { "\(Words.grouped($0)) \(kind.rawValue)" } }
            .joined(separator: ", ")
    }

    private var notes: [String] {
        var notes: [String] = []
        for result in results where result.isBraked {
            notes.append(
                "The brake: \(Words.count(result.drift[.extra] ?? 0, "record")) of \(result.stream) are gone from "
                    + "Welkin, more than ten and one in twenty, or more than half. None was marked as deleted, because "
                    + "Welkin or the settings may be wrong. If so many were really deleted, --allow-mass-deletion "
                    + "lifts the brake.")
        }
        if unreadable > 0 {
            notes.append(
                "\(Words.count(unreadable, "record")) that Welkin lists could not be read; `welkin-worker status "
                    + "--quarantine` lists the quarantined ones.")
        }
        for result in results where result.unfinished > 0 {
            notes.append(
                "More records of \(result.stream) share \(Words.count(result.unfinished, "instant")) than a page "
                    + "holds: some may be missing here unseen. Each `welkin-worker sync` searches for them.")
        }
        if unconfirmed > 0 {
            notes.append(
                "\(Words.count(unconfirmed, "difference")) could not be confirmed: their ids cannot be requested.")
        }
        return notes
    }

    /// What `--repair` would do about the differences.
    private var wouldRepair: String {
        let extra = drift[.extra] ?? 0
        var parts: [String] = []
        if differ > extra { parts.append("write \(Words.count(differ - extra, "record")) as in Welkin") }
        if extra > 0 { parts.append("mark \(Words.count(extra, "record")) as deleted that Welkin no longer has") }
        return "--repair would \(parts.joined(separator: " and "))."
    }

    /// The command to run next; nil if nothing is left to do.
    private var command: String? {
        if isLost { return "welkin-worker sync" }
        if isStopped { return "welkin-worker verify" + (isRepair ? " --repair" : "") }
        let left = results.filter { $0.differences > $0.repaired }
        guard !left.isEmpty else { return nil }
        // Names each resource, unless all of them are left.
        let names = Set(left.map(\.stream.resource)).sorted()
        let selection =
            names.count == Set(results.map(\.stream.resource)).count || names.count > 3
            ? "" : names.map { " --resource \($0)" }.joined()
        let braked = left.contains(where: \.isBraked) ? " --allow-mass-deletion" : ""
        return "welkin-worker verify --repair" + braked + selection
    }
}
