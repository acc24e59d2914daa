import Glibc
import Identifiers
import Platform
import Synchronization

/// Counters and a histogram for Prometheus, for one process: where a web server starts several,
/// each has its own.
package final class Metrics: Sendable {
    /// A counted event, with its labels.
    enum Series: Hashable {
        case launch(app: AppName, refusal: LaunchRefusal?)
        case verified(app: AppName, client: ClientID, secret: String)
        case session(app: AppName, action: SessionAction, outcome: String)
    }

    /// Upper bounds in seconds; a launch takes tens of microseconds, a slow disk several milliseconds.
    static let buckets: [Double] = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 1]

    private struct Values {
        var counters: [Series: Int] = [:]
        var durations = Histogram(bounds: Metrics.buckets)
    }

    /// The values of a few threads. Each thread has its own shard, so that threads rarely wait for each other.
    private final class Shard: Sendable {
        let values = Mutex(Values())
    }

    private let shards = (0..<64).map { _ in Shard() }

    /// All counts at zero.
    package init() {}

    func launch(app: App, refusal: LaunchRefusal?) {
        add(.launch(app: app.name, refusal: refusal))
    }

    func verified(app: App, secret: ClientSecret) {
        add(.verified(app: app.name, client: secret.client, secret: secret.shortID))
    }

    func session(app: App, action: SessionAction, outcome: String) {
        add(.session(app: app.name, action: action, outcome: outcome))
    }

    /// - Parameter seconds: from the request's arrival to the answer, in seconds.
    package func observe(seconds: Double) {
        mine.values.withLock { $0.durations.observe(seconds) }
    }

    private func add(_ series: Series) {
        mine.values.withLock { $0.counters[series, default: 0] += 1 }
    }

    private var mine: Shard {
        // A thread's handle is the address of its control block, so the low bits are the same in all of them.
        shards[Int(truncatingIfNeeded: pthread_self() >> 12) & 63]
    }

    /// The whole page, families in a fixed order, series sorted.
    func text() -> String {
        var sum = Values()
        for shard in shards {
            let values = shard.values.withLock { $0 }
            sum.counters.merge(values.counters, uniquingKeysWith: +)
            sum.durations.add(values.durations)
        }
        var page = PrometheusText()
        for (family, help) in Self.families {
            let samples = sum.counters.filter { Self.family($0.key) == family }.map { Self.sample($0.key, $0.value) }
            page.add(family, .counter, help: help, samples.sorted { $0.labels < $1.labels })
        }
        page.add(
            "welkin_request_duration_seconds", .histogram, help: "Time from a request's arrival to its answer.",
            sum.durations.samples)
        page.addBuildInfo(of: LaunchHandler.program)
        return page.text
    }

    private static func family(_ series: Series) -> String {
        switch series {
        case .launch: "welkin_launches_total"
        case .verified: "welkin_launch_secret_verified_total"
        case .session: "welkin_sessions_total"
        }
    }

    private static func sample(_ series: Series, _ count: Int) -> PrometheusText.Sample {
        switch series {
        case .launch(let app, let refusal):
            PrometheusText.Sample(
                "\(count)",
                labels: [
                    "app": app.text, "outcome": refusal == nil ? "launched" : "refused",
                    "reason": refusal?.rawValue ?? "",
                ])
        case .verified(let app, let client, let secret):
            PrometheusText.Sample("\(count)", labels: ["app": app.text, "client": client.text, "secret": secret])
        case .session(let app, let action, let outcome):
            PrometheusText.Sample("\(count)", labels: ["app": app.text, "action": action.rawValue, "outcome": outcome])
        }
    }

    private static let families = [
        ("welkin_launches_total", "Launches by outcome; reason is the log's code."),
        ("welkin_sessions_total", "Session requests by action and outcome."),
        (
            "welkin_launch_secret_verified_total",
            "Launches by the secret that verified them; a secret whose count stops growing can be retired."
        ),
    ]
}
