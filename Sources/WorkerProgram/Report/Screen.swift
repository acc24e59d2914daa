/// The lines at the end of a terminal that are drawn over.
struct Screen: Sendable {
    /// What is there now.
    private var lines: [String] = []
    private var lastDrawing = Duration.seconds(-1)

    /// At most ten times a second.
    func isDue(at time: Duration) -> Bool { time - lastDrawing >= .milliseconds(100) }

    /// What takes the lines off the screen, so that others can go where they were.
    ///
    /// - Parameter width: the terminal's now: one that has become narrower has broken what was longer.
    mutating func erase(width: Int) -> String {
        guard !lines.isEmpty else { return "" }
        let rows = lines.reduce(0) { $0 + max(1, ($1.count + width - 1) / max(1, width)) }
        lines = []
        return "\u{1B}[\(rows)A\u{1B}[J"
    }

    /// What puts lines on it, in the place of those before.
    ///
    /// - Parameter last: one more, of less importance.
    mutating func draw(_ new: [String], last: String?, at time: Duration, width: Int, paint: Paint) -> String {
        let last = last.map { [$0] } ?? []
        let text = erase(width: width) + (new + last.map { paint($0, .dim) }).map { $0 + "\n" }.joined()
        lines = new + last
        lastDrawing = time
        return text
    }
}
