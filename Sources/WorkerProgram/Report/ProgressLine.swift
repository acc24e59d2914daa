package import Replica
package import Sync

/// One stream's line on a terminal.
package struct ProgressLine: Sendable {
    private let name: String
    private let start: Duration
    /// The first fraction and when it was seen, because a resumed window does not begin at 0.
    private var first: (fraction: Double, time: Duration)?
    private var progress: Progress?

    /// - Parameter start: the time of the process's clock.
    package init(_ stream: StreamID, start: Duration) {
        name = stream.description
        self.start = start
    }

    /// What has been committed so far.
    package var counts: CommitCounts { progress?.counts ?? CommitCounts() }

    /// The fraction that is done, from 0 to 1; 0 while unknown.
    var fraction: Double { min(max(progress?.fraction ?? 0, 0), 1) }

    /// Updates the line with the stream's progress.
    package mutating func update(_ progress: Progress, at time: Duration) {
        self.progress = progress
        if first == nil, let fraction = progress.fraction { first = (fraction, time) }
    }

    /// The stream's name, a bar, records, records per second and the time left, as far as they fit.
    ///
    /// - Parameter width: of the terminal, in characters; the line is shorter.
    package func text(at time: Duration, width: Int) -> String {
        let layout = BarLayout(width: width)
        var text = Words.padded(Words.cut(name, to: layout.name), to: layout.name) + " " + bar(layout.bar)
        if layout.hasRecords {
            text += Words.padded(" " + Words.count(counts.received, "record"), to: -BarLayout.records)
        }
        if layout.hasRate { text += Words.padded(" \(Words.grouped(rate(at: time)))/s", to: -BarLayout.rate) }
        if layout.hasTimeLeft, let left = secondsLeft(at: time) { text += "  \(Words.clock(left)) left" }
        return String(text.prefix(max(1, width - 1)))
    }

    /// The line of a failed stream, in place of its bar.
    static func failed(_ stream: StreamID, _ code: String, width: Int) -> String {
        let layout = BarLayout(width: width)
        let name = Words.padded(Words.cut(stream.description, to: layout.name), to: layout.name)
        return Words.cut("\(name) failed: \(code)", to: max(1, width - 1))
    }

    private func rate(at time: Duration) -> Int {
        let seconds = Words.seconds(time - start)
        return seconds > 0 ? Int(Double(counts.received) / seconds) : 0
    }

    private func bar(_ width: Int) -> String {
        let full = Int((fraction * Double(width)).rounded(.down))
        let percent = progress?.fraction == nil ? "" : "\(Int((fraction * 100).rounded(.down)))%"
        return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
            + Words.padded(percent, to: -BarLayout.percentage)
    }

    /// Estimated from the share of the window that was done since the first page.
    func secondsLeft(at time: Duration) -> Int? {
        guard let first, let fraction = progress?.fraction, fraction > first.fraction, time > first.time else {
            return nil
        }
        return Int(Words.seconds(time - first.time) * (1 - fraction) / (fraction - first.fraction))
    }
}
