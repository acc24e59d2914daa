import DataAPI
import Replica
import Sync
import Testing
import WorkerProgram

/// How a run ends on a terminal.
@Suite("The end of a run") struct RunReportTests {
    private func pulled(
        _ name: String, _ outcome: Outcome = .done, _ counts: CommitCounts = CommitCounts(), unfinished: Int = 0
    ) -> PullResult {
        PullResult(
            stream: StreamID(resource: name), outcome: outcome, counts: counts, pages: 1, unfinished: unfinished)
    }

    private func api(_ code: DataAPIError.Code, _ resource: String? = nil) -> Outcome {
        var error = DataAPIError(code)
        error.resource = resource
        return .failed(.api(error))
    }

    private func text(
        _ results: [PullResult], isDry: Bool = false, stop: Int32? = nil, isLost: Bool = false, width: Int = 200
    ) -> [String] {
        let code = isLost ? 1 : stop ?? ExitStatus.of(results)
        return SyncReport(
            results, exitCode: code, elapsed: .seconds(42), isDry: isDry, isStopped: stop != nil, isLost: isLost
        ).text(width: width, paint: .plain).split(separator: "\n").map(String.init)
    }

    @Test("What came in, or that nothing was new") func good() {
        #expect(
            text([pulled("visits", .done, CommitCounts(inserted: 1200, unchanged: 3)), pulled("calls")]) == [
                "Up to date: 2 resources, in 42 s.", "  1,203 records received: 1,200 new, 3 unchanged",
            ])
        #expect(text([pulled("visits")]) == ["Up to date: nothing new in 1 resource, in 42 s."])
    }

    @Test("Those that failed for one reason are told together, with the remedy, and what is next") func failed() {
        let results = [
            pulled("visits", api(.forbidden, "visits")), pulled("calls", api(.forbidden, "calls")), pulled("workers"),
        ]
        let lines = text(results)
        #expect(lines[0] == "Partly done: 1 of 3 resources complete, in 42 s.")
        #expect(lines[1] == "  visits and calls failed: Welkin does not allow it.")
        #expect(lines[2] == "    Ask Welkin for the scope, or leave the resource out of WELKIN_RESOURCES.")
        #expect(lines[3].hasPrefix("Next: fix that") && lines.count == 4)
    }

    @Test("What may be over by itself needs nobody") func transient() {
        let lines = text([pulled("visits", api(.serverError)), pulled("calls")])
        #expect(lines.last == "    The next run tries again.")
    }

    @Test("Streams not begun because they would fail alike are counted, not listed") func gaveUp() {
        let lines = text([pulled("visits", api(.credentialsRefused))] + ["a", "b"].map { pulled($0, .notBegun) })
        #expect(lines[0] == "Failed after 42 s: 0 of 3 resources complete.")
        #expect(lines.contains("  2 streams not tried: the same failure would have occurred."))
        #expect(!text([pulled("visits", .stopped), pulled("a", .notBegun)], stop: 130).joined().contains("not tried"))
    }

    @Test("What is quarantined and what is unfinished is told with what to do") func notes() {
        let lines = text([
            pulled("visits", .done, CommitCounts(inserted: 1, quarantined: 2)), pulled("calls", unfinished: 1),
        ])
        #expect(lines[0] == "Partly done: 2 of 2 resources complete, in 42 s.")
        #expect(lines[2].hasPrefix("  2 records could not be read (visits: 2). `welkin-worker status --quarantine`"))
        #expect(lines[3].hasPrefix("  1 instant of calls could not be proven complete"))
    }

    @Test("A run that was stopped, only counted, or worked on a file that is gone says so") func others() {
        let stopped = text([pulled("visits"), pulled("calls", .stopped)], stop: 130)
        #expect(stopped[0] == "Stopped after 42 s: 1 of 2 resources complete.")
        #expect(stopped.last == "Next: `welkin-worker sync` resumes from there; nothing is lost.")
        let counted = text([pulled("visits", .done, CommitCounts(updated: 1))], isDry: true)
        #expect(counted[0] == "Counted 1 resource in 42 s; nothing was written.")
        #expect(counted.last == "Next: `welkin-worker sync` without --dry-run pulls them.")
        #expect(text([pulled("visits")], isLost: true) == ["Failed after 42 s: everything received is lost."])
    }

    @Test("Nothing is wider than the terminal") func width() {
        let results = (0..<30).map { pulled("resource_number_\($0)", api(.connection)) }
        #expect(text(results, width: 50).allSatisfy { $0.count <= 50 })
        #expect(text(results).contains { $0.hasPrefix("  All of them failed: Welkin cannot be reached") })
    }

    @Test("Every failure has a sentence and a remedy") func advice() {
        let failures: [StreamFailure] =
            DataAPIError.Code.allCases.map { .api(DataAPIError($0)) } + [
                .store(.diskFull(path: "r")), .stuck(at: nil), .unclearLink, .circle(at: nil), .neverPulled,
                .notDue(.seconds(7200)), .endless(pages: 9), .unexpected("E"),
            ]
        for failure in failures {
            let advice = FailureAdvice(failure)
            #expect(advice.sentence.hasSuffix(".") && advice.remedy.hasSuffix("."), "\(failure)")
            #expect(advice.sentence.first?.isLowercase == false && advice.remedy.first?.isLowercase == false)
        }
        #expect(FailureAdvice(.notDue(.seconds(7200))).sentence.hasPrefix("Nothing is due for another 2 h"))
    }
}
