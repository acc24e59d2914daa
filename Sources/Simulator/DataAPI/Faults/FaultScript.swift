/// The active rules, and how many requests each has seen.
package struct FaultScript: Sendable {
    private struct Entry: Sendable {
        let rule: FaultRule
        var draw: Draw
        var seen = 0
        var applied = 0

        /// Counts the request.
        mutating func applies() -> Bool {
            seen += 1
            if let times = rule.times, applied >= times { return false }
            if let at = rule.at, !at.contains(seen) { return false }
            if let every = rule.every, every > 0, seen % every != 0 { return false }
            if let rate = rule.rate, Double(draw.below(1_000_000)) >= rate * 1_000_000 { return false }
            applied += 1
            return true
        }
    }

    private var entries: [Entry] = []

    package init() {}

    var rules: [FaultRule] { entries.map(\.rule) }

    package mutating func set(_ rules: [FaultRule]) { entries = rules.map(Self.entry) }

    mutating func add(_ rules: [FaultRule]) { entries += rules.map(Self.entry) }

    private static func entry(_ rule: FaultRule) -> Entry { Entry(rule: rule, draw: Draw(rule.seed ?? 1)) }

    /// The faults for a request that arrives now, in the order of the rules.
    package mutating func take(method: String, path: String) -> [FaultRule] {
        var rules: [FaultRule] = []
        for index in entries.indices where entries[index].rule.matches(method: method, path: path) {
            if entries[index].applies() { rules.append(entries[index].rule) }
        }
        return rules
    }
}
