import DataAPI
import Identifiers
import Replica
import TestSupport
import Testing
import WorkerProgram

/// What is printed from a real replica with a few records.
@Suite("Export, status and metrics") struct ReplicaOutputTests {
    private let now = Instant("2026-01-02T04:00:00Z")!
    private let records = [
        #"{"id":"1","first_name":"A \"B\", C","updated_at":"2026-01-02T03:00:00Z"}"#,
        "{\"id\":\"2\",\n\"first_name\":\"\",\r\n\"updated_at\":\"2026-01-02T03:00:00Z\"}",
        #"{"id":"3","first_name":"two\nlines","updated_at":null}"#,
    ]

    private func withReplica(_ body: (SQLiteReplica) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            let replica = try SQLiteReplica(path: folder.path("r/replica.db"), provider: ProviderID("p")!)
            let items = records.compactMap { Record(parsing: Array($0.utf8)) }.map { PageItem.record($0) }
            #expect(items.count == records.count)
            let unreadable = PageItem.unreadable(Array("oops".utf8)[...])
            _ = try await replica.commit(
                PageCommit(
                    resource: .patients, items: items + [unreadable], receivedAt: now,
                    next: StreamState(cursor: now - .seconds(90))))
            try await replica.recordRun(.succeeded(at: now, CommitCounts()), of: StreamID(resource: "patients"))
            try await body(replica)
            try await replica.close()
        }
    }

    private func export(_ format: ExportFormat, columns: [String], _ replica: SQLiteReplica) async throws -> String {
        var bytes = format.header(columns)
        for try await row in replica.allRows(of: "patients", columns: columns) { format.append(row, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("CSV quotes what needs it, and tells an empty text from none") func csv() async throws {
        try await withReplica { replica in
            let text = try await export(.csv, columns: ["id", "first_name", "last_name"], replica)
            let rows = text.split(separator: "\r\n")
            #expect(rows == ["id,first_name,last_name", "1,\"A \"\"B\"\", C\",", "2,\"\",", "3,\"two\nlines\","])
            #expect(ExportFormat.csv.columns(of: try await replica.columns(of: "patients")).contains("record") == false)
        }
    }

    @Test("NDJSON is a line a record, with the same values, however the record was written") func ndjson() async throws
    {
        try await withReplica { replica in
            let text = try await export(.ndjson, columns: [], replica)
            let lines = text.split(separator: "\n")
            try #require(lines.count == 3)
            #expect(lines[0] == records[0][...])
            #expect(lines[1] == "{\"id\":\"2\", \"first_name\":\"\",  \"updated_at\":\"2026-01-02T03:00:00Z\"}")
            #expect(lines[2] == records[2][...])
        }
    }

    @Test("Status tells rows, lag and what is quarantined, as a table and as JSON") func status() async throws {
        try await withReplica { replica in
            let report = StatusReport(try await replica.status(), run: nil, now: now)
            let lines = report.text().split(separator: "\n")
            #expect(lines[0] == "1 resource current, longest lag 90 s; 1 record quarantined.")
            #expect(lines[1].split(separator: " ") == ["RESOURCE", "RECORDS", "DELETED", "LAG", "STATE"])
            #expect(lines[2] == "patients        3        0  90 s  1 quarantined")
            #expect(report.json.contains(#""rows":3,"deleted":0,"quarantined":1"#))
            #expect(report.json.contains(#""lag_seconds":90"#))
            #expect(report.json.hasPrefix(#"{"run":null,"resources":[{"resource":"patients","#))
            #expect(!report.text().contains("in progress"))
        }
    }

    @Test("Status says when a run is in progress, as far as its lock tells") func running() async throws {
        try await withReplica { replica in
            let streams = try await replica.status()
            var report = StatusReport(streams, run: RunLock.Holder(process: 17, since: now), now: now)
            #expect(report.text().contains("A run is in progress: process 17, since 2026-01-02T04:00:00Z.\n"))
            #expect(report.json.hasPrefix(#"{"run":{"process":17,"since":"2026-01-02T04:00:00.000000+00:00"},"#))
            report = StatusReport(streams, run: RunLock.Holder(process: nil, since: nil), now: now)
            #expect(report.text().contains("A run is in progress.\n"))
            #expect(report.json.hasPrefix(#"{"run":{"process":null,"since":null},"resources""#))
        }
    }

    @Test("What is quarantined is listed without its content, which is in the JSON") func quarantine() async throws {
        try await withReplica { replica in
            let kept = try #require(try await replica.quarantined(of: nil, after: nil, limit: 2).first)
            let line = QuarantineLine(kept)
            #expect(line.text == "2026-01-02T04:00:00Z         4  unreadable   patients\n")
            #expect(QuarantineLine.head.split(separator: " ").count == line.text.split(separator: " ").count)
            let (head, tail) = (#"{"resource":"patients","filter":null,"reason":"unreadable","#, #""content":"oops"}"#)
            #expect(line.json == head + #""received":"2026-01-02T04:00:00.000000+00:00","# + tail + "\n")
        }
    }

    @Test("Metrics have each stream's figures and the run's") func metrics() async throws {
        try await withReplica { replica in
            let counters = RunCounters()
            counters.count(.answered(resource: "patients", status: 200, bytes: 1, duration: .zero))
            counters.count(.answered(resource: "patients", status: 429, bytes: 1, duration: .zero))
            counters.count(.retrying(resource: "patients", error: DataAPIError(.tooManyRequests), delay: .zero))
            let text = MetricsText.of(
                try await replica.status(), counters.figures, exitCode: 3, started: now - .milliseconds(1500), now: now)
            for line in [
                #"welkin_worker_rows{resource="patients"} 3"#, #"welkin_worker_lag_seconds{resource="patients"} 90"#,
                #"welkin_worker_quarantined{resource="patients"} 1"#, #"welkin_worker_run_requests{status="429"} 1"#,
                "welkin_worker_run_retries 1", "welkin_worker_run_exit_code 3",
                "welkin_worker_run_duration_seconds 1.500000",
                #"welkin_worker_last_success_timestamp_seconds{resource="patients"} 1767326400.000000"#,
            ] {
                #expect(text.split(separator: "\n").contains(line[...]), "\(line)")
            }
        }
    }
}
