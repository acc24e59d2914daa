import DataAPI
import Replica
import Sync
import Testing
import WorkerProgram

@Suite("The end of a verification") struct VerifyReportTests {
    private func result(
        _ name: String, compared: Int = 100, _ drift: [DriftKind: Int] = [:], repaired: Int = 0,
        isBraked: Bool = false, outcome: Outcome = .done
    ) -> VerifyResult {
        var result = VerifyResult(StreamID(resource: name))
        (result.compared, result.drift, result.repaired) = (compared, drift, repaired)
        (result.isBraked, result.outcome) = (isBraked, outcome)
        return result
    }

    private func report(_ results: [VerifyResult], isRepair: Bool = false, stop: Int32? = nil) -> VerifyReport {
        VerifyReport(
            results, exitCode: stop ?? ExitStatus.of(results), isRepair: isRepair, isStopped: stop != nil)
    }

    private func text(_ results: [VerifyResult], isRepair: Bool = false, stop: Int32? = nil) -> [String] {
        report(results, isRepair: isRepair, stop: stop).text(width: 200, paint: .plain).split(separator: "\n")
            .map(String.init)
    }

    @Test("All is in order") func good() throws {
        let results = [result("visits", compared: 12_000), result("calls", compared: 345)]
        #expect(text(results) == ["In order: 12,345 records of 2 resources match Welkin."])
        let entry = try #require(report(results).entries.last)
        #expect(entry.level == .info && !entry.values.map(\.name).contains("remedy"))
    }

    @Test("What differs, what --repair would do, and the command") func drift() throws {
        let results = [result("visits", [.missing: 12, .extra: 15]), result("calls")]
        #expect(
            text(results) == [
                "27 differ: 12 missing, 15 extra. 200 records of 2 resources were compared.",
                "  visits: 12 missing, 15 extra",
                "  --repair would write 12 records as in Welkin and mark 15 records as deleted that Welkin no longer has.",
                "Next: welkin-worker verify --repair --resource visits",
            ])
        let entry = try #require(report(results).entries.last)
        #expect(entry.level == .warning)
        #expect(
            entry.text(at: Instant(microseconds: 0)).contains(
                #"remedy="welkin-worker verify --repair --resource visits""#))
    }

    @Test("Repaired differences") func repaired() {
        let lines = text([result("visits", [.stale: 2], repaired: 2)], isRepair: true)
        #expect(
            lines == ["Repaired: 2 differed (2 stale), and all match Welkin now.", "  visits: 2 stale; 2 repaired"])
    }

    @Test("The brake says what it means and what lifts it") func brake() {
        let lines = text([result("visits", [.extra: 30], isBraked: true)], isRepair: true)
        #expect(lines[0] == "30 differ: 30 extra. None was repaired.")
        let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains("Welkin or the settings may be wrong."))
        #expect(words.contains("If so many were really deleted, --allow-mass-deletion lifts"))
        #expect(lines.last == "Next, if they are really gone: welkin-worker verify --repair --allow-mass-deletion")
    }

    @Test("A verification that failed in part is no proof; one that was stopped neither") func partly() {
        let failure = Outcome.failed(.api(DataAPIError(.serverError)))
        let lines = text([result("visits"), result("calls", compared: 0, outcome: failure)])
        #expect(lines[0] == "100 records were compared, and none differs.")
        #expect(lines[1].hasPrefix("  calls failed:"))
        #expect(text([result("calls", compared: 0, outcome: failure)])[0] == "Nothing could be compared.")
        let stopped = text([result("visits", outcome: .stopped)], stop: 130)
        #expect(stopped == ["Stopped: 100 records were compared.", "Next: welkin-worker verify"])
    }

    @Test("What was not begun has no line in a log") func notBegun() {
        let results = [
            result("visits"), result("calls", compared: 0, outcome: .stopped),
            result("a", compared: 0, outcome: .notBegun),
            result("workers", compared: 5, outcome: .stopped),
        ]
        #expect(report(results, stop: 130).entries.map(\.event) == ["verified", "verified", "compared"])
    }

    @Test("An unconfirmed difference is neither in order nor a difference") func unconfirmed() {
        var one = result("visits")
        one.unconfirmed = 1
        #expect(ExitStatus.of([one]) == ExitStatus.partlyDone)
        #expect(text([one])[1].hasPrefix("  1 difference could not be confirmed"))
        #expect(LogEntry(one).json(at: Instant(microseconds: 0)).contains(#""unconfirmed":1"#))
    }
}
