import Replica

/// The line below the bars: the progress of the whole run.
struct TotalsLine: Sendable {
    private let start: Duration
    private let streams: Int
    private let resources: Int
    /// The streams that have not ended.
    private var left: [StreamID]
    /// The records of the streams that have ended.
    private var records = 0

    /// - Parameter start: the time of the process's clock.
    init(_ streams: [StreamID], start: Duration) {
        self.start = start
        self.streams = streams.count
        resources = Set(streams.map(\.resource)).count
        left = streams
    }

    /// Notes that a stream has ended, and its records.
    mutating func end(_ stream: StreamID, _ counts: CommitCounts) {
        left.removeAll { $0 == stream }
        records += counts.received
    }

    /// `12 of 28 resources, 12,345 records, 0:42 elapsed, about 3:10 left`; on a narrower terminal without the
    /// records, and then without the times.
    ///
    /// - Parameters:
    ///   - running: the bars above.
    ///   - width: of the terminal, in characters; the line is shorter.
    func text(at time: Duration, running: [ProgressLine], width: Int) -> String {
        let seconds = Words.seconds(time - start)
        let through = "\(resources - Set(left.map(\.resource)).count) of \(Words.count(resources, "resource"))"
        let records = Words.count(running.reduce(self.records) { $0 + $1.counts.received }, "record")
        let elapsed = "\(Words.clock(Int(seconds))) elapsed"
        let rest = secondsLeft(after: seconds, running).map { ["about \(Words.clock($0)) left"] } ?? []
        let choices = [[through, records, elapsed] + rest, [through, elapsed] + rest, [through, elapsed], [through]]
        let texts = choices.map { $0.joined(separator: ", ") }
        return texts.first { $0.count < width } ?? Words.cut(through, to: max(1, width - 1))
    }

    /// Assumes that the rest goes as fast as what is done; nil while that would be a guess.
    private func secondsLeft(after seconds: Double, _ running: [ProgressLine]) -> Int? {
        guard streams > 0, seconds >= 2 else { return nil }
        let through = (Double(streams - left.count) + running.reduce(0) { $0 + $1.fraction }) / Double(streams)
        return through > 0.02 && through < 1 ? Int(seconds * (1 - through) / through) : nil
    }
}
