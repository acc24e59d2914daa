package import DataAPI
package import Replica

/// Metrics of the last run as Prometheus text (version 0.0.4), for node_exporter's textfile
/// collector.
package enum MetricsText {
    /// - Parameters:
    ///   - started: when the run began.
    ///   - now: when it ended.
    package static func of(
        _ streams: [StreamStatus], _ figures: RunCounters.Figures, exitCode: Int32, started: Instant, now: Instant
    ) -> String {
        var text = ""
        func metric(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
            guard !samples.isEmpty else { return }
            text += "# HELP welkin_worker_\(name) \(help)\n# TYPE welkin_worker_\(name) gauge\n"
            for sample in samples { text += "welkin_worker_\(name)\(sample.labels) \(sample.value)\n" }
        }
        func stream(_ name: String, _ help: String, _ value: (StreamStatus) -> String?) {
            metric(name, help, streams.compactMap { status in value(status).map { (labels(status.stream), $0) } })
        }
        stream("last_success_timestamp_seconds", "When the last successful sync ended.") {
            $0.lastSuccess.map(seconds)
        }
        stream("lag_seconds", "How far the replica was behind when the run ended.") { $0.lag(at: now).map(String.init) }
        stream("cursor_ahead_seconds", "How far a cursor lies in the future, which has no lag then.") {
            $0.cursorAhead(at: now).map(String.init)
        }
        stream("unfinished", "Instants of which more records may be in Welkin.") { String($0.unfinished.count) }
        stream("rows", "Records that are alive in the replica.") { String($0.rows) }
        stream("deleted_rows", "Records that are marked as deleted.") { String($0.deleted) }
        stream("quarantined", "Records that are kept aside since they could not be read.") { String($0.quarantined) }
        stream("failing", "Whether the last sync failed.") { $0.lastErrorCode == nil ? "0" : "1" }
        metric(
            "run_requests", "Answers of the last run, by status.",
            figures.requests.sorted { $0.key < $1.key }.map { ("{status=\"\($0.key)\"}", String($0.value)) })
        metric("run_retries", "Requests that the last run sent again.", [("", String(figures.retries))])
        metric("run_exit_code", "How the last run ended.", [("", String(exitCode))])
        metric("run_timestamp_seconds", "When the last run ended.", [("", seconds(now))])
        metric("run_duration_seconds", "How long the last run took.", [("", decimal((now - started).microseconds))])
        return text
    }

    private static func labels(_ stream: StreamID) -> String {
        var labels = "resource=\"\(stream.resource)\""
        if let filter = stream.filter { labels += ",filter=\"\(filter.name)=\(escaped(filter.value))\"" }
        return "{\(labels)}"
    }

    /// As label values are: backslash, quote and line feed.
    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }

    private static func seconds(_ instant: Instant) -> String { decimal(instant.microseconds) }

    private static func decimal(_ microseconds: Int64) -> String {
        let fraction = String(microseconds.magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return "\(microseconds < 0 ? "-" : "")\(microseconds.magnitude / 1_000_000).\(zeros)\(fraction)"
    }
}

extension Duration {
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
