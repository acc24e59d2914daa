import DataAPI
import Replica
import Sync
import Synchronization
import Testing
import WorkerProgram

/// What a run looks like on a terminal.
@Suite("On a terminal") struct TerminalTests {
    private let patients = StreamID(resource: "patients")
    private let logins = StreamID(resource: "audit_logs", filter: Filter("event_type", "login"))
    private let window = StreamWindow(from: nil, to: Instant("2026-01-02T03:04:05Z")!)

    private func progress(_ counts: CommitCounts, _ fraction: Double?) -> Progress {
        Progress(counts: counts, pages: 1, position: nil, fraction: fraction)
    }

    /// Everything that a reporter wrote, and what is left on the screen.
    private final class Terminal: Sendable {
        private let written = Mutex("")
        private let columns: Mutex<Int>

        init(_ columns: Int) { self.columns = Mutex(columns) }

        func resize(to columns: Int) { self.columns.withLock { $0 = columns } }

        func reporter(isQuiet: Bool = false) -> Reporter {
            Reporter(
                .bars, isQuiet: isQuiet, output: { text in self.written.withLock { $0 += text } },
                width: { self.columns.withLock { $0 } })
        }

        var text: String { written.withLock { $0 } }

        var screen: [Substring] {
            var lines: [Substring] = []
            for part in text.split(separator: "\u{1B}[J", omittingEmptySubsequences: false) {
                let up = part.ranges(of: "\u{1B}[").last
                lines += part[..<(up?.lowerBound ?? part.endIndex)].split(separator: "\n")
                if let up, let rows = Int(part[up.upperBound...].dropLast()) { lines.removeLast(rows) }
            }
            return lines
        }
    }

    @Test("A bar is never as wide as the terminal, and keeps its percentage", arguments: [120, 80, 50, 40, 30, 24, 12])
    func widths(_ width: Int) {
        for stream in [patients, StreamID(resource: "patient_facing_assessment_links"), logins] {
            var line = ProgressLine(stream, start: .zero)
            line.update(progress(CommitCounts(inserted: 1), 0.1), at: .seconds(1))
            line.update(progress(CommitCounts(inserted: 1_234_567), 0.5), at: .seconds(10))
            let text = line.text(at: .seconds(10), width: width)
            #expect(text.count < width)
            #expect(width < 24 || text.contains("█░") && text.contains("50%"), "\(text)")
            #expect(text.contains("1,234,567 records") == (width >= 80))
            #expect(text.contains("123,456/s") == (width >= 80) && text.contains("left") == (width >= 120))
        }
    }

    @Test("A name that is too long is cut with an ellipsis") func names() {
        let text = ProgressLine(logins, start: .zero).text(at: .seconds(1), width: 50)
        #expect(text.hasPrefix("audit_logs?event_type=login ░"))
        let narrow = ProgressLine(logins, start: .zero).text(at: .seconds(1), width: 40)
        #expect(narrow.hasPrefix("audit_logs?event… ░"))
    }

    @Test("The line below the bars tells of the whole run") func totals() async {
        let terminal = Terminal(80)
        let reporter = terminal.reporter()
        await reporter.watch([patients, logins]) {
            reporter.sync(.began(patients, window: window, isResumed: false))
            reporter.sync(.progress(patients, progress(CommitCounts(inserted: 1200), 1)))
            reporter.sync(.ended(patients, .done))
            reporter.sync(.began(logins, window: window, isResumed: false))
            #expect(terminal.screen.count == 3)
            #expect(terminal.screen.last == "1 of 2 resources, 1,200 records, 0:00 elapsed")
        }
        #expect(terminal.screen.count == 1 && terminal.screen[0].hasPrefix("patients "))
    }

    @Test("Where there is less room, the line below the bars says less", arguments: [60, 40, 20]) func narrow(
        _ width: Int
    ) async {
        let terminal = Terminal(width)
        let reporter = terminal.reporter()
        await reporter.watch([patients, logins]) {
            reporter.sync(.began(patients, window: window, isResumed: false))
            let texts = [60: "0 of 2 resources, 0 records, 0:00 elapsed", 40: "0 of 2 resources, 0:00 elapsed"]
            #expect(terminal.screen.last! == texts[width] ?? "0 of 2 resources")
        }
    }

    @Test("A terminal that has become narrower has broken what is drawn over") func resized() {
        let terminal = Terminal(120)
        let reporter = terminal.reporter()
        reporter.sync(.began(patients, window: window, isResumed: false))
        terminal.resize(to: 30)
        reporter.sync(.ended(patients, .stopped))
        // 31 + 1 + 16 + 5 + 18 + 10 characters are three lines.
        #expect(terminal.text.contains("\u{1B}[3A\u{1B}[J"))
    }

    @Test("What brought nothing, was stopped or not begun leaves no line; what failed leaves one") func left() {
        let terminal = Terminal(80)
        let reporter = terminal.reporter()
        let outcomes: [Outcome] = [.done, .stopped, .notBegun, .failed(.api(DataAPIError(.forbidden)))]
        for outcome in outcomes {
            reporter.sync(.began(patients, window: window, isResumed: false))
            reporter.sync(.progress(patients, progress(CommitCounts(unchanged: 5), 1)))
            reporter.sync(.ended(patients, outcome))
        }
        #expect(terminal.screen.map { $0.split(separator: " ") } == [["patients", "failed:", "forbidden"]])
    }

    @Test("A clock that is off is told once, in a sentence; a difference is told at the end") func sentences() {
        let terminal = Terminal(80)
        let reporter = terminal.reporter()
        for stream in [patients, logins] {
            reporter.sync(.clockBehind(stream, .seconds(7200)))
            reporter.sync(.cursorAhead(stream, .seconds(7200)))
            reporter.sync(.undated(stream))
            reporter.verify(.difference(stream, .missing, fingerprint: "0123456789"))
            reporter.sync(.unfinished(stream, window.to))
        }
        reporter.sync(.gaveUp(.api(DataAPIError(.connection))))
        #expect(
            terminal.text.split(separator: "\n").filter { !$0.hasPrefix(" ") } == [
                "This machine's clock is 2 h behind Welkin's; let NTP set it.",
                "patients: a clock was wrong. The replica claims to be 2 h ahead of Welkin's",
                "Welkin's answers have no date: nothing proves how far they reach, so each run",
                "audit_logs?event_type=login: a clock was wrong. The replica claims to be 2 h",
            ])
    }

    @Test("A request that is sent again, and a setting that is none, are told in words") func words() {
        let terminal = Terminal(100)
        let reporter = terminal.reporter()
        reporter.client(.retrying(resource: "calls", error: DataAPIError(.timedOut), delay: .seconds(3)))
        reporter.log(
            Complaint("settings", .warning, setting: "WELKIN_X", problem: "there is none", remedy: "Did you mean Y?")
                .entry)
        #expect(
            terminal.text
                == "calls: Welkin cannot be reached. Retrying in 3 s.\nWELKIN_X: there is none. Did you mean Y?\n"
        )
    }

    @Test("Quiet draws nothing, and ends with the report of a run that did not go well alone") func quiet() async {
        let terminal = Terminal(80)
        let reporter = terminal.reporter(isQuiet: true)
        await reporter.watch([patients]) {
            reporter.sync(.began(patients, window: window, isResumed: false))
            reporter.sync(.ended(patients, .done))
        }
        reporter.conclude([LogEntry("synced")]) { _, _ in "good\n" }
        #expect(terminal.text == "")
        reporter.conclude([LogEntry("synced", .warning)]) { width, _ in "bad \(width)\n" }
        #expect(terminal.text == "bad 80\n")
    }
}
