package import DataAPI
import Platform
package import Replica

/// Metrics of the last run, for node_exporter's textfile collector.
package enum MetricsText {
    /// - Parameters:
    ///   - started: when the run began.
    ///   - now: when it ended.
    package static func of(
        _ streams: [StreamStatus], _ figures: RunCounters.Figures, exitCode: Int32, started: Instant, now: Instant
    ) -> String {
        var page = PrometheusText()
        func metric(_ name: String, _ help: String, _ samples: [PrometheusText.Sample]) {
            guard !samples.isEmpty else { return }
            page.add("welkin_worker_" + name, .gauge, help: help, samples)
        }
        func stream(_ name: String, _ help: String, _ value: (StreamStatus) -> String?) {
            metric(name, help, streams.compactMap { status in value(status).map { sample(status.stream, $0) } })
        }
        stream("last_success_timestamp_seconds", "When the last successful sync ended.") {
            $0.lastSuccess.map(seconds)
        }
        stream("lag_seconds", "How far the replica was behind when the run ended.") { $0.lag(at: now).map(String.init) }
        stream("cursor_ahead_seconds", "How far a cursor is in the future; it then has no lag.") {
            $0.cursorAhead(at: now).map(String.init)
        }
        stream("unfinished", "Instants of which Welkin may have more records.") { String($0.unfinished.count) }
        stream("rows", "Live records in the replica.") { String($0.rows) }
        stream("deleted_rows", "Records that are marked as deleted.") { String($0.deleted) }
        stream("quarantined", "Records that are quarantined because they could not be read.") { String($0.quarantined) }
        stream("failing", "Whether the last sync failed.") { $0.lastErrorCode == nil ? "0" : "1" }
        metric(
            "run_requests", "Answers of the last run, by status.",
            figures.requests.sorted { $0.key < $1.key }.map {
                PrometheusText.Sample(String($0.value), labels: ["status": "\($0.key)"])
            })
        metric(
            "run_retries", "Requests that the last run sent again.", [PrometheusText.Sample(String(figures.retries))])
        metric("run_exit_code", "How the last run ended.", [PrometheusText.Sample(String(exitCode))])
        metric("run_timestamp_seconds", "When the last run ended.", [PrometheusText.Sample(seconds(now))])
        metric(
            "run_duration_seconds", "How long the last run took.",
            [PrometheusText.Sample(decimal((now - started).microseconds))])
        page.addBuildInfo(of: "welkin-worker")
        return page.text
    }

    private static func sample(_ stream: StreamID, _ value: String) -> PrometheusText.Sample {
        guard let filter = stream.filter else {
            return PrometheusText.Sample(value, labels: ["resource": stream.resource])
        }
        return PrometheusText.Sample(
            value, labels: ["resource": stream.resource, "filter": "\(filter.name)=\(filter.value)"])
    }

    private static func seconds(_ instant: Instant) -> String { decimal(instant.microseconds) }

    private static func decimal(_ microseconds: Int64) -> String {
        let fraction = String(microseconds.magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return "\(microseconds < 0 ? "-" : "")\(microseconds.magnitude / 1_000_000).\(zeros)\(fraction)"
    }
}
