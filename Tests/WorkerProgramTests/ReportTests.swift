import DataAPI
import Replica
import Sync
import Synchronization
import Testing
import WorkerProgram

@Suite("Progress and log") struct ReportTests {
    private let stream = StreamID(resource: "patients")
    private let window = StreamWindow(from: nil, to: Instant("2026-01-02T03:04:05Z")!)

    private func progress(_ records: Int, _ fraction: Double?) -> Progress {
        Progress(counts: CommitCounts(inserted: records), pages: 1, position: nil, fraction: fraction)
    }

    @Test("A line has a bar, records, their rate and the time left") func line() {
        var line = ProgressLine(stream, start: .seconds(10))
        line.update(progress(100, 0.25), at: .seconds(11))
        line.update(progress(12_345, 0.5), at: .seconds(20))
        let text = line.text(at: .seconds(20), width: 120)
        #expect(text.hasPrefix("patients "))
        #expect(text.contains("████████░░░░░░░░  50%    12,345 records   1,234/s  0:18 left"))
        #expect(line.text(at: .seconds(20), width: 40).count == 39)
    }

    @Test("A window that is resumed in its middle is not taken for a fast one") func resumed() {
        var line = ProgressLine(stream, start: .zero)
        line.update(progress(1, 0.9), at: .seconds(1))
        #expect(!line.text(at: .seconds(1), width: 120).contains("left"))
        line.update(progress(2, 0.95), at: .seconds(11))
        #expect(line.text(at: .seconds(11), width: 120).hasSuffix("0:10 left"))
    }

    private func output(_ style: Reporter.Style, isQuiet: Bool = false, _ events: [SyncEvent]) -> String {
        let text = Mutex("")
        let reporter = Reporter(
            style, isQuiet: isQuiet, output: { part in text.withLock { $0 += part } }, width: { 120 })
        for event in events { reporter.sync(event) }
        return text.withLock { $0 }
    }

    private var run: [SyncEvent] {
        [
            .began(stream, window: window, isResumed: false), .progress(stream, progress(7, 1)), .ended(stream, .done),
        ]
    }

    @Test("Elsewhere than on a terminal there is a line at the end; as JSON the beginning, too") func lines() {
        let text = output(.text, run)
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.contains("event=done") && text.contains("resource=patients received=7 inserted=7"))
        let json = output(.json, run).split(separator: "\n")
        #expect(json.count == 2)
        #expect(json[0].hasPrefix(#"{"event":"began","#))
        #expect(json[1].contains(#""received":7"#))
        #expect(!text.contains("\u{1B}"))
    }

    @Test("Quiet leaves failures alone") func quiet() {
        #expect(output(.text, isQuiet: true, run) == "")
        #expect(output(.bars, isQuiet: true, run) == "")
        let failure = Outcome.failed(.api(DataAPIError(.serverError)))
        #expect(output(.text, isQuiet: true, [.ended(stream, failure)]).contains("level=error"))
    }

    @Test("On a terminal the finished bar stays, and those under way are taken away before it") func bars() {
        let text = output(.bars, run)
        #expect(text.contains("\u{1B}[1A\u{1B}[J"))
        #expect(text.hasSuffix(" left\n") == false && text.contains("100%"))
        #expect(!text.contains("event=done"))
    }

    @Test("That a run was stopped is told of what had begun, and of nothing else") func stopped() {
        #expect(output(.text, [.ended(stream, .stopped)]) == "")
        #expect(output(.text, [.ended(stream, .notBegun)]) == "")
        let begun = output(.text, [run[0], .ended(stream, .stopped)])
        #expect(begun.split(separator: "\n").count == 1 && begun.contains("event=stopped"))
    }

    @Test("A verification's beginning and end are no lines: what it found is") func verification() {
        let text = Mutex("")
        let reporter = Reporter(.json, output: { part in text.withLock { $0 += part } })
        for event in run { reporter.verify(event) }
        #expect(text.withLock { $0 } == "")
        reporter.verify(.difference(stream, .missing, fingerprint: "0123456789"))
        reporter.verify(.ended(stream, .failed(.neverPulled)))
        #expect(text.withLock { $0 }.split(separator: "\n").count == 2)
    }

    @Test("A value cannot forge a line") func forged() {
        let text = LogEntry("failed").with("problem", "a\nb event=done \"x\"").text(at: window.to)
        #expect(!text.contains("\n"))
        #expect(text.hasSuffix(#"problem="a�b event=done \"x\"""#))
    }
}
