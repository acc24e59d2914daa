import DataAPI
import Replica
import Testing
import WorkerProgram

@Suite("Status") struct StatusTests {
    private let now = Instant("2026-01-02T04:00:00Z")!

    /// A stream whose cursor is so many seconds behind; nil for one that was never pulled to its end.
    private func stream(
        _ name: String, behind: Int64? = 40, error: String? = nil, quarantined: Int = 0, unfinished: [Instant] = []
    ) -> StreamStatus {
        let cursor = behind.map { now - .seconds($0) }
        return StreamStatus(
            stream: StreamID(resource: name), state: StreamState(cursor: cursor), rows: 1000, quarantined: quarantined,
            lastSuccess: cursor.map { min($0, now) }, lastErrorCode: error, unfinished: unfinished)
    }

    private func report(_ streams: [StreamStatus], limit: TimeSpan = .fifteenMinutes) -> StatusReport {
        StatusReport(streams, run: nil, now: now, limit: limit)
    }

    @Test("What is in order is folded into the verdict") func inOrder() {
        let report = report([stream("visits"), stream("calls", behind: 10)])
        #expect(
            report.text()
                == "2 resources current, longest lag 40 s.\n2,000 records in all; `welkin-worker status --all` lists each.\n"
        )
        let all = report.text(all: true).split(separator: "\n")
        #expect(all.count == 4 && all[2] == "visits      1,000        0  40 s  in order")
        #expect(report.check == ("OK: 2 resources current, longest lag 40 s\n", 0))
    }

    @Test("Each that is not has a row, and what to do is told once") func problems() throws {
        let report = report([
            stream("visits", error: "forbidden"), stream("calls", behind: 7200), stream("workers", behind: nil),
            stream("profiles", behind: -7200), stream("patients"), stream("alerts", error: "forbidden"),
        ])
        let lines = report.text().split(separator: "\n").map(String.init)
        #expect(
            lines[0...1].joined(separator: "")
                == "5 of 6 resources not current: 2 failing, 1 behind, 1 not finished, 1 with a  cursor in the future.")
        #expect(lines[3] == "visits      1,000        0  40 s  failing (forbidden)")
        #expect(lines[4] == "calls       1,000        0   2 h  2 h behind")
        #expect(lines[5] == "workers     1,000        0     -  first pull not finished")
        #expect(lines[6] == "profiles    1,000        0     -  cursor 2 h in the future")
        #expect(!report.text().contains("patients") && !report.text().contains("-7"))
        for word in ["Failing:", "Behind:", "First pull", "A cursor in the future:"] {
            #expect(lines.filter { $0.hasPrefix(word) }.count == 1, "\(word)")
        }
        #expect(lines.last == "1 more in order; `welkin-worker status --all` lists each.")
    }

    @Test("Unfinished instants are named, and are a warning as what is quarantined is") func warnings() {
        let report = report([stream("visits", quarantined: 3, unfinished: [now])])
        let text = report.text(width: 120)
        #expect(text.hasPrefix("1 resource current, longest lag 40 s; 3 records quarantined; 1 unfinished instant.\n"))
        #expect(text.contains("1 unfinished instant, 3 quarantined"))
        #expect(text.contains("more records of visits share 2026-01-02T04:00:00.000000+00:00 than a page holds"))
        #expect(report.check.exitCode == 0 && report.check.line.hasPrefix("OK: "))
        #expect(report.json.contains(#""unfinished":["2026-01-02T04:00:00.000000+00:00"]"#))
    }

    @Test("A cursor in the future has no lag, in no way of telling it") func future() {
        let status = stream("visits", behind: -7200)
        #expect(status.lag(at: now) == nil && status.cursorAhead(at: now) == 7200)
        #expect(report([status]).json.contains(#""lag_seconds":null,"cursor_ahead_seconds":7200"#))
        #expect(report([stream("visits")]).json.contains(#""lag_seconds":40,"cursor_ahead_seconds":null"#))
        let metrics = MetricsText.of([status], RunCounters().figures, exitCode: 0, started: now, now: now)
        #expect(metrics.contains("cursor_ahead_seconds{resource=\"visits\"} 7200") && !metrics.contains("lag_seconds"))
    }

    @Test("For a monitor each that is not current is named; the limit is the caller's") func check() {
        let streams = [stream("visits", behind: 600), stream("calls", error: "server_error"), stream("workers")]
        #expect(
            report(streams).check
                == ("PROBLEM: 1 of 3 resources not current: calls failing (server_error)\n", 1))
        #expect(
            report([streams[0], streams[2]], limit: TimeSpan("5m")!).check
                == ("PROBLEM: 1 of 2 resources not current: visits 10 min behind\n", 1))
        #expect(report([streams[0], streams[2]], limit: TimeSpan("10m")!).check.exitCode == 0)
        #expect(report([]).check == ("PROBLEM: nothing was pulled yet\n", 1))
        #expect(report([]).text().hasPrefix("Nothing was pulled yet.\n"))
    }

    @Test("A success that is long ago is behind, however near the cursor is") func oldSuccess() {
        let status = StreamStatus(
            stream: StreamID(resource: "visits"), state: StreamState(cursor: now), lastSuccess: now - .seconds(3600))
        #expect(StreamHealth(status, at: now, limit: .fifteenMinutes).problems == [.behind(3600)])
    }

    @Test("It fits the terminal", arguments: [80, 50]) func width(_ width: Int) {
        let instants = (0..<3).map { now + .seconds($0) }
        let report = report([
            stream("patient_facing_assessment_links", error: "replica_disk_full", quarantined: 5, unfinished: instants),
            stream("custom_data_type_records", behind: 9_000_000),
        ])
        for line in report.text(all: true, width: width).split(separator: "\n") {
            #expect(line.count <= width, "\(line)")
        }
    }
}
