package import DataAPI
package import Replica
import StrictJSON

/// What `status` prints.
package struct StatusReport: Sendable {
    let health: [StreamHealth]
    let run: RunLock.Holder?
    let now: Instant

    /// - Parameters:
    ///   - run: the run that is working on the replica.
    ///   - limit: how far behind a stream may be and still count as current.
    package init(
        _ streams: [StreamStatus], run: RunLock.Holder?, now: Instant, limit: TimeSpan = .fifteenMinutes
    ) {
        health = streams.map { StreamHealth($0, at: now, limit: limit) }
        self.run = run
        self.now = now
    }

    /// For a monitor: one line, and the exit code, 0 when each stream is current and 1 otherwise. The line counts
    /// quarantined records and unfinished instants, but they raise no alarm.
    package var check: (line: String, exitCode: Int32) {
        let isCurrent = verdict.isCurrent
        let text = verdict.text(longestLag: longestLag, names: true)
        return ("\(isCurrent ? "OK" : "PROBLEM"): \(text)\n", isCurrent ? ExitStatus.done : ExitStatus.failed)
    }

    var verdict: StatusVerdict { StatusVerdict(health: health) }

    var longestLag: Int? { health.compactMap { $0.status.lag(at: now) }.max() }

    /// An object: `run` (null, or `process` and `since`), and `resources`, an array of objects.
    package var json: String {
        var json = JSONWriter()
        json.object {
            if let run {
                $0.member(
                    "run",
                    object: {
                        $0.member("process", raw: Self.number(run.process.map(Int.init)))
                        $0.member("since", run.since?.description)
                    })
            } else {
                $0.member("run", nil)
            }
            $0.member("resources", array: write)
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private func write(_ json: inout JSONWriter) {
        for status in health.map(\.status) {
            json.object {
                $0.member("resource", status.stream.resource)
                $0.member("filter", status.stream.filter.map { "\($0.name)=\($0.value)" })
                $0.member("rows", Int64(status.rows))
                $0.member("deleted", Int64(status.deleted))
                $0.member("quarantined", Int64(status.quarantined))
                $0.member("cursor", status.state.cursor?.description)
                $0.member("lag_seconds", raw: Self.number(status.lag(at: now)))
                $0.member("cursor_ahead_seconds", raw: Self.number(status.cursorAhead(at: now)))
                $0.member("in_window", status.state.window != nil)
                $0.member("unfinished", array: { for instant in status.unfinished { $0.string(instant.description) } })
                $0.member("last_success", status.lastSuccess?.description)
                $0.member("last_failure", status.lastFailure?.description)
                $0.member("last_error", status.lastErrorCode)
            }
        }
    }

    private static func number(_ number: Int?) -> String.UTF8View { (number.map(String.init) ?? "null").utf8 }
}
