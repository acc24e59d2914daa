package import DataAPI
package import Replica
internal import StrictJSON

/// What `status` prints.
package struct StatusReport: Sendable {
    private let streams: [StreamStatus]
    private let run: RunLock.Holder?
    private let now: Instant

    /// - Parameter run: who is at work on the replica.
    package init(_ streams: [StreamStatus], run: RunLock.Holder?, now: Instant) {
        self.streams = streams
        self.run = run
        self.now = now
    }

    /// A table for people.
    package var text: String {
        let head = ["RESOURCE", "ROWS", "DELETED", "QUARANTINED", "UP TO", "LAG", "LAST SUCCESS", "LAST ERROR"]
        return runText + TextTable.text([head] + streams.map(row), rightAligned: 1...3)
    }

    private var runText: String {
        guard let run else { return "" }
        return "A run is in progress" + (run.process.map { ": process \($0)" } ?? "")
            + (run.since.map { ", since \(Self.short($0))" } ?? "") + "\n"
    }

    /// An object: `run` (null, or `process` and `since`), and `resources`, an array of objects.
    package var json: String {
        var json = JSONWriter()
        json.object {
            if let run {
                $0.member(
                    "run",
                    object: {
                        $0.member("process", raw: (run.process.map(String.init) ?? "null").utf8)
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
        for status in streams {
            json.object {
                $0.member("resource", status.stream.resource)
                $0.member("filter", status.stream.filter.map { "\($0.name)=\($0.value)" })
                $0.member("rows", Int64(status.rows))
                $0.member("deleted", Int64(status.deleted))
                $0.member("quarantined", Int64(status.quarantined))
                $0.member("cursor", status.state.cursor?.description)
                $0.member("lag_seconds", raw: (status.lag(at: now).map(String.init) ?? "null").utf8)
                $0.member("in_window", status.state.window != nil)
                $0.member("last_success", status.lastSuccess?.description)
                $0.member("last_failure", status.lastFailure?.description)
                $0.member("last_error", status.lastErrorCode)
            }
        }
    }

    private func row(_ status: StreamStatus) -> [String] {
        [
            status.stream.description, "\(status.rows)", "\(status.deleted)", "\(status.quarantined)",
            status.state.cursor.map(Self.short) ?? "never", status.lag(at: now).map(Self.span) ?? "",
            status.lastSuccess.map(Self.short) ?? "never", status.lastErrorCode ?? "",
        ]
    }

    /// To the second: `2026-01-02T03:04:05Z`
    private static func short(_ instant: Instant) -> String { instant.description.prefix(19) + "Z" }

    /// `45s`, `12m`, `3h`, `8d`
    static func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds)s"
        case ..<7200: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }
}

extension StreamStatus {
    /// How many seconds the stream is behind; nil before its first window is through.
    package func lag(at now: Instant) -> Int? {
        state.cursor.map { Int(max(.zero, now - $0).components.seconds) }
    }
}
