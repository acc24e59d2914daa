/// A histogram of durations for Prometheus.
package struct Histogram: Sendable {
    /// The upper bounds of the buckets, in seconds, in ascending order; one more bucket has the rest.
    private let bounds: [Double]
    private var counts: [Int]
    private var totalSeconds = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    /// Counts a duration in seconds.
    package mutating func observe(_ seconds: Double) {
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        totalSeconds += seconds
    }

    /// Adds the counts of a histogram with the same bounds.
    package mutating func add(_ other: Histogram) {
        for (index, count) in other.counts.enumerated() { counts[index] += count }
        totalSeconds += other.totalSeconds
    }

    /// The lines of the family.
    package var samples: [PrometheusText.Sample] {
        var sum = 0
        var samples: [PrometheusText.Sample] = []
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
            sum += count
            samples.append(PrometheusText.Sample("\(sum)", suffix: "_bucket", labels: ["le": bound]))
        }
        samples.append(PrometheusText.Sample("\(totalSeconds)", suffix: "_sum"))
        samples.append(PrometheusText.Sample("\(sum)", suffix: "_count"))
        return samples
    }
}
