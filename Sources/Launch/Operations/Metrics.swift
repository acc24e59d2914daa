internal import Glibc
internal import Synchronization

/// Counters and a histogram in Prometheus' text format (version 0.0.4). One process's own: where a
/// web server starts several, each has its own.
public final class Metrics: Sendable {
    /// What is counted.
    enum Series: Hashable {
        case launch(app: AppName, refusal: LaunchRefusal?)
        case verified(app: AppName, client: Identifier, secret: String)
        case session(app: AppName, action: String, outcome: String)
    }

    /// Upper ends in seconds; a launch takes some ten microseconds, a slow disk some milliseconds.
    static let buckets: [Double] = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 1]

    private struct Values {
        var counters: [Series: Int] = [:]
        var bucketCounts = [Int](repeating: 0, count: Metrics.buckets.count + 1)
        var totalSeconds = 0.0
    }

    /// The values of a few threads. Each thread has its place, so that none waits for another.
    private final class Shard: Sendable {
        let values = Mutex(Values())
    }

    private let shards = (0..<64).map { _ in Shard() }

    /// All counts at zero.
    public init() {}

    func launch(app: App, refusal: LaunchRefusal?) {
        add(.launch(app: app.name, refusal: refusal))
    }

    func verified(app: App, secret: ClientSecret) {
        add(.verified(app: app.name, client: secret.client, secret: secret.shortID))
    }

    func session(app: App, action: String, outcome: String) {
        add(.session(app: app.name, action: action, outcome: outcome))
    }

    /// - Parameter seconds: from the request's arrival to the answer, in seconds.
    public func observe(seconds: Double) {
        let bucket = Self.buckets.firstIndex { seconds <= $0 } ?? Self.buckets.count
        mine.values.withLock { values in
            values.bucketCounts[bucket] += 1
            values.totalSeconds += seconds
        }
    }

    private func add(_ series: Series) {
        mine.values.withLock { $0.counters[series, default: 0] += 1 }
    }

    private var mine: Shard {
        // A thread's handle is the address of its control block; the low bits are all alike.
        shards[Int(truncatingIfNeeded: pthread_self() >> 12) & 63]
    }

    /// The whole page, families in a fixed order, series sorted.
    func text() -> String {
        var sum = Values()
        for shard in shards {
            let values = shard.values.withLock { $0 }
            sum.counters.merge(values.counters, uniquingKeysWith: +)
            for (index, count) in values.bucketCounts.enumerated() { sum.bucketCounts[index] += count }
            sum.totalSeconds += values.totalSeconds
        }
        let lines = sum.counters.map { "\(Self.label($0.key)) \($0.value)" }.sorted()
        var text = ""
        for (family, help) in Self.families {
            text += "# HELP \(family) \(help)\n# TYPE \(family) counter\n"
            text += lines.filter { $0.hasPrefix(family + "{") }.map { $0 + "\n" }.joined()
        }
        return text + Self.histogram(sum)
    }

    private static func label(_ series: Series) -> String {
        switch series {
        case .launch(let app, let refusal):
            "welkin_launches_total{app=\"\(app.text)\",outcome=\"\(refusal == nil ? "launched" : "refused")\","
                + "reason=\"\(refusal?.rawValue ?? "")\"}"
        case .verified(let app, let client, let secret):
            "welkin_launch_secret_verified_total{app=\"\(app.text)\",client=\"\(client.text)\","
                + "secret=\"\(secret)\"}"
        case .session(let app, let action, let outcome):
            "welkin_sessions_total{app=\"\(app.text)\",action=\"\(action)\",outcome=\"\(outcome)\"}"
        }
    }

    private static func histogram(_ values: Values) -> String {
        let name = "welkin_request_duration_seconds"
        var text = "# HELP \(name) Time from a request's arrival to its answer.\n# TYPE \(name) histogram\n"
        var sum = 0
        for (bound, count) in zip(buckets.map { "\($0)" } + ["+Inf"], values.bucketCounts) {
            sum += count
            text += "\(name)_bucket{le=\"\(bound)\"} \(sum)\n"
        }
        return text + "\(name)_sum \(values.totalSeconds)\n\(name)_count \(sum)\n"
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
