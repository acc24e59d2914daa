import Replica

/// All streams in one sentence.
struct StatusVerdict {
    let health: [StreamHealth]

    /// Whether each stream is current.
    var isCurrent: Bool { !health.isEmpty && health.allSatisfy(\.problems.isEmpty) }

    /// Whether there is nothing to report.
    var isInOrder: Bool { !health.isEmpty && health.allSatisfy(\.isInOrder) }

    /// `27 resources current, longest lag 40 s`, or which are not and why, and how many records are quarantined.
    ///
    /// - Parameters:
    ///   - now: see ``StreamStatus/lag(at:)``.
    ///   - names: whether to name each stream that is not current.
    func text(longestLag: Int?, names: Bool) -> String {
        guard !health.isEmpty else { return "nothing was pulled yet" }
        let all = Set(health.map(\.status.stream.resource)).count
        let bad = health.filter { !$0.problems.isEmpty }
        let lag = longestLag.map { ", longest lag \(Words.span($0))" } ?? ""
        var text = "\(Words.count(all, "resource")) current\(lag)"
        if !bad.isEmpty {
            text = "\(Set(bad.map(\.status.stream.resource)).count) of \(Words.count(all, "resource")) not current"
            text += ": " + (names ? Words.list(bad.map { "\($0.status.stream) \($0.problems[0])" }) : Self.kinds(bad))
        }
        let (quarantined, unfinished) = health.reduce((0, 0)) {
            ($0.0 + $1.status.quarantined, $0.1 + $1.status.unfinished.count)
        }
        if quarantined > 0 { text += "; \(Words.count(quarantined, "record")) quarantined" }
        if unfinished > 0 { text += "; \(Words.count(unfinished, "unfinished instant"))" }
        return text
    }

    /// `2 failing, 1 behind`
    private static func kinds(_ bad: [StreamHealth]) -> String {
        var kinds: [(word: String, resources: Set<String>)] = []
        for health in bad {
            let (word, resource) = (health.problems[0].kind, health.status.stream.resource)
            if let index = kinds.firstIndex(where: { $0.word == word }) {
                kinds[index].resources.insert(resource)
            } else {
                kinds.append((word, [resource]))
            }
        }
        return kinds.map { "\($0.resources.count) \($0.word)" }.joined(separator: ", ")
    }
}

extension StreamHealth.Problem {
    /// One or two words.
    fileprivate var kind: String {
        switch self {
        case .failing: "failing"
        case .cursorAhead: "with a cursor in the future"
        case .neverFinished: "not finished"
        case .behind: "behind"
        }
    }
}
