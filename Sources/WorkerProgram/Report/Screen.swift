/// The lines at the end of a terminal that are redrawn.
struct Screen: Sendable {
    /// The lines on the screen now.
    private var lines: [String] = []
    private var lastDrawing = Duration.seconds(-1)

    /// At most ten times a second.
    func isDue(at time: Duration) -> Bool { time - lastDrawing >= .milliseconds(100) }

    /// The codes that erase the lines, so that others can take their place.
    ///
    /// - Parameter width: the terminal's current width, because a narrower terminal has wrapped longer lines.
    mutating func erase(width: Int) -> String {
        guard !lines.isEmpty else { return "" }
        let rows = lines.reduce(0) { $0 + max(1, ($1.count + width - 1) / max(1, width)) }
        lines = []
        return "\u{1B}[\(rows)A\u{1B}[J"
    }

    /// The codes and text that draw lines in place of the previous ones.
    ///
    /// - Parameter last: one more line, of less importance.
    mutating func draw(_ new: [String], last: String?, at time: Duration, width: Int, paint: Paint) -> String {
        let last = last.map { [$0] } ?? []
        let text = erase(width: width) + (new + last.map { paint($0, .dim) }).map { $0 + "\n" }.joined()
        lines = new + last
        lastDrawing = time
        return text
    }
}
