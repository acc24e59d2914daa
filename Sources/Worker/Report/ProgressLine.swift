package import Replica
package import Sync

/// One stream's line on a terminal.
package struct ProgressLine: Sendable {
    private let name: String
    private let start: Duration
    /// The first fraction and when it was seen: a window that is resumed does not begin at 0.
    private var first: (fraction: Double, time: Duration)?
    private var progress: Progress?

    /// - Parameter start: the time of the process's clock.
    package init(_ stream: StreamID, start: Duration) {
        name = stream.description
        self.start = start
    }

    /// What has come in so far.
    package var counts: CommitCounts { progress?.counts ?? CommitCounts() }

    /// Takes in how far it has come.
    package mutating func update(_ progress: Progress, at time: Duration) {
        self.progress = progress
        if first == nil, let fraction = progress.fraction { first = (fraction, time) }
    }

    /// The stream's name, a bar, records, records a second and the time left.
    ///
    /// - Parameter width: of the terminal, in characters; the line is cut to one less.
    package func text(at time: Duration, width: Int) -> String {
        let records = counts.received
        let seconds = Self.seconds(time - start)
        let rate = seconds > 0 ? Int(Double(records) / seconds) : 0
        var text = Self.padded(name, to: 30) + " " + bar
        text += Self.padded(Self.grouped(records), to: -9) + " records"
        text += Self.padded(Self.grouped(rate), to: -7) + "/s"
        if let left = secondsLeft(at: time) { text += "  " + Self.clock(left) + " left" }
        return String(text.prefix(max(1, width - 1)))
    }

    private var bar: String {
        guard let fraction = progress?.fraction else { return String(repeating: "░", count: 16) + "     " }
        let full = Int((min(max(fraction, 0), 1) * 16).rounded(.down))
        let percent = Int((min(max(fraction, 0), 1) * 100).rounded(.down))
        return String(repeating: "█", count: full) + String(repeating: "░", count: 16 - full)
            + Self.padded("\(percent)%", to: -5)
    }

    /// From the share of the window that went by since the first page.
    func secondsLeft(at time: Duration) -> Int? {
        guard let first, let fraction = progress?.fraction, fraction > first.fraction, time > first.time else {
            return nil
        }
        return Int(Self.seconds(time - first.time) * (1 - fraction) / (fraction - first.fraction))
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    /// Filled up with blanks on the right, or on the left where `width` is negative.
    static func padded(_ text: String, to width: Int) -> String {
        let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? blanks + text : text + blanks
    }

    /// `1,234,567`
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// `1:02:03` or `2:03`
    static func clock(_ seconds: Int) -> String {
        let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
        let end = (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
        return hours > 0 ? "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(end)" : "\(minutes):\(end)"
    }
}
