import Platform
import Synchronization

/// Counters and histograms for Prometheus.
package final class ServiceMetrics: Sendable {
    private struct Series: Hashable {
        let route: String
        let outcome: String
    }

    private struct Values {
        var requests: [Series: Int] = [:]
        /// Without those that waited.
        var durations = Histogram(bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2.5])
    }

    private let values = Mutex(Values())

    /// All counts at zero.
    package init() {}

    /// - Parameter seconds: from the request to its answer; nil if it waited
    func count(route: String, outcome: String, seconds: Double?) {
        values.withLock { values in
            values.requests[Series(route: route, outcome: outcome), default: 0] += 1
            if let seconds { values.durations.observe(seconds) }
        }
    }

    /// The whole page.
    ///
    /// - Parameters:
    ///   - waiting: how many pages wait for a change
    ///   - age: the replica's, in seconds, if the whole of what the page shows was ever pulled
    func text(waiting: Int, age: Int64?) -> String {
        let values = values.withLock { $0 }
        var page = PrometheusText()
        page.add(
            "welkin_data_requests_total", .counter, help: "Requests of the page by route and outcome.",
            values.requests.map { series, count in
                PrometheusText.Sample("\(count)", labels: ["route": series.route, "outcome": series.outcome])
            }.sorted { $0.labels < $1.labels })
        page.add(
            "welkin_data_request_duration_seconds", .histogram,
            help: "Time from a request to its answer, without those that wait for changes.", values.durations.samples)
        page.add(
            "welkin_data_waiting_pages", .gauge, help: "Pages that wait for a change.",
            [PrometheusText.Sample("\(waiting)")])
        page.add(
            "welkin_data_replica_age_seconds", .gauge,
            help: "Seconds since the last complete pull of what the page shows; absent before the first.",
            age.map { [PrometheusText.Sample("\($0)")] } ?? [])
        page.addBuildInfo(of: DataService.program)
        return page.text
    }
}
