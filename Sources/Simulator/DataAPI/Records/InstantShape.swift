import Records

/// The forms of a date-time in Welkin's answers. All denote the same instant.
enum InstantShape: CaseIterable, Sendable {
    /// `2026-01-02T03:04:05.678901+00:00`
    case documented
    /// No zone, which means UTC.
    case zoneless
    /// A space instead of the `T`, and no zone.
    case spaced
    /// A space instead of the `T`.
    case spacedWithZone
    case zulu

    static let loose = allCases.filter { $0 != .documented }

    /// The text of an instant. As in Python, whole seconds have no fraction.
    static func text(_ microseconds: Int64, _ shape: InstantShape) -> String {
        var text = Instant(microseconds: microseconds).description
        text.removeLast("+00:00".count)
        if microseconds % .second == 0, let dot = text.lastIndex(of: ".") { text.removeSubrange(dot...) }
        switch shape {
        case .documented: return text + "+00:00"
        case .zoneless: return text
        case .spaced: return spaced(text)
        case .spacedWithZone: return spaced(text) + "+00:00"
        case .zulu: return text + "Z"
        }
    }

    private static func spaced(_ text: String) -> String {
        text.prefix(10) + " " + text.dropFirst(11)
    }
}
