/// The progress of the search for an instant's records: `PART/WHOLE/VALUE`.
struct InstantPlace: Hashable, Sendable {
    /// The name of the part.
    var part: String
    /// Whether all answers of the part were complete up to here.
    var isWhole: Bool
    /// The last value that was requested; nil before the first.
    var value: String?

    /// The beginning of a part.
    init(_ part: InstantPart) {
        self.part = part.name
        isWhole = true
    }
}

extension InstantPlace: LosslessStringConvertible {
    var description: String { "\(part)/\(isWhole ? "whole" : "open")/\(value ?? "")" }

    init?(_ description: String) {
        let parts = description.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == "whole" || parts[1] == "open" else { return nil }
        (part, isWhole, value) = (String(parts[0]), parts[1] == "whole", parts[2].isEmpty ? nil : String(parts[2]))
    }
}
