internal import Synchronization

/// Counters and a histogram in Prometheus' text format (version 0.0.4). One process's own: where a
/// web server starts several, each has its own.
public final class Metrics: Sendable {
    /// Upper ends in seconds; a launch takes some ten microseconds, a slow disk some milliseconds.
    static let buckets: [Double] = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 1]

    private struct Values {
        var counters: [String: Int] = [:]
        var bucketCounts = [Int](repeating: 0, count: Metrics.buckets.count + 1)
        var totalSeconds = 0.0
    }

    private let values = Mutex(Values())

    public init() {}

    func launch(app: String, refusal: LaunchRefusal?) {
        let outcome = refusal == nil ? "launched" : "refused"
        add("welkin_launches_total{app=\"\(app)\",outcome=\"\(outcome)\",reason=\"\(refusal?.rawValue ?? "")\"}")
    }

    func session(app: String, action: String, outcome: String) {
        add("welkin_sessions_total{app=\"\(app)\",action=\"\(action)\",outcome=\"\(outcome)\"}")
    }

    func verified(app: String, secret: ClientSecret) {
        let client = Identifier(secret.client)?.text ?? "other"
        add("welkin_launch_secret_verified_total{app=\"\(app)\",client=\"\(client)\",secret=\"\(secret.shortID)\"}")
    }

    /// - Parameter seconds: from the request's arrival to the answer, in seconds.
    public func observe(seconds: Double) {
        let bucket = Self.buckets.firstIndex { seconds <= $0 } ?? Self.buckets.count
        values.withLock { values in
            values.bucketCounts[bucket] += 1
            values.totalSeconds += seconds
        }
    }

    private func add(_ series: String) {
        values.withLock { $0.counters[series, default: 0] += 1 }
    }

    /// The whole page, families in a fixed order.
    func text() -> String {
        let values = values.withLock { $0 }
        var text = ""
        for (family, help) in Self.families {
            text += "# HELP \(family) \(help)\n# TYPE \(family) counter\n"
            for (series, count) in values.counters.filter({ $0.key.hasPrefix(family + "{") }).sorted(by: {
                $0.key < $1.key
            }) {
                text += "\(series) \(count)\n"
            }
        }
        let histogram = "welkin_request_duration_seconds"
        text += "# HELP \(histogram) Time from a request's arrival to its answer.\n# TYPE \(histogram) histogram\n"
        var sum = 0
        for (bound, count) in zip(Self.buckets.map { "\($0)" } + ["+Inf"], values.bucketCounts) {
            sum += count
            text += "\(histogram)_bucket{le=\"\(bound)\"} \(sum)\n"
        }
        return text + "\(histogram)_sum \(values.totalSeconds)\n\(histogram)_count \(sum)\n"
    }

    private static let families = [
        ("welkin_launches_total", "Launches by outcome; reason is the log's code."),
        ("welkin_sessions_total", "Session requests by action and outcome."),
        (
            "welkin_launch_secret_verified_total",
            "Launches by the secret that verified them; one that no longer counts can be retired."
        ),
    ]
}
