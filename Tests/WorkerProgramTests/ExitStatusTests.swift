import StoreFiles
import DataAPI
import Replica
import Sync
import Testing
import WorkerProgram

@Suite("Exit codes") struct ExitStatusTests {
    private func pulled(_ outcomes: Outcome..., quarantined: Int = 0) -> Int32 {
        ExitStatus.of(
            outcomes.map {
                PullResult(
                    stream: StreamID(resource: "patients"), outcome: $0, counts: CommitCounts(quarantined: quarantined),
                    pages: 1)
            })
    }

    private func api(_ code: DataAPIError.Code) -> Outcome { .failed(.api(DataAPIError(code))) }

    @Test("A sync that brought everything is done; what was quarantined makes it partly done") func done() {
        #expect(pulled(.done, .done) == 0)
        #expect(pulled() == 0)
        #expect(pulled(.done, quarantined: 1) == 3)
    }

    @Test("Some that fail make it partly done, whatever their reason") func partly() {
        #expect(pulled(.done, api(.forbidden)) == 3)
        #expect(pulled(.done, api(.serverError)) == 3)
    }

    @Test("When all fail, the reason decides; several reasons are a failure") func all() {
        #expect(pulled(api(.credentialsRefused), api(.forbidden)) == 4)
        #expect(pulled(api(.serverError)) == 1)
        #expect(pulled(.failed(.store(.locked(path: "r")))) == 1)
        #expect(pulled(.failed(.store(.file(.readOnly(path: "r"))))) == 4)
        #expect(pulled(.failed(.stuck(at: nil)), api(.forbidden)) == 1)
    }

    @Test("Drift is a failure until it is repaired") func drift() {
        var result = VerifyResult(StreamID(resource: "patients"))
        #expect(ExitStatus.of([result]) == 0)
        result.drift = [.extra: 2, .missing: 1]
        #expect(ExitStatus.of([result]) == 1)
        result.repaired = 2
        #expect(ExitStatus.of([result]) == 1)
        result.repaired = 3
        #expect(ExitStatus.of([result]) == 0)
        var failed = VerifyResult(StreamID(resource: "visits"))
        failed.outcome = api(.serverError)
        #expect(ExitStatus.of([result, failed]) == 3)
        #expect(ExitStatus.of([failed]) == 1)
    }
}
