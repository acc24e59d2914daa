import DataAPI
import Testing
import WorkerProgram

@Suite("Check") struct CheckResultTests {
    @Test("A request that failed is told with what to do about it") func remedy() {
        var result = CheckResult()
        var error = DataAPIError(.forbidden)
        error.resource = "visits"
        error.status = 403
        result.failure(error, "visits, scope visits.read")
        #expect(result.lines.count == 1)
        #expect(result.lines[0].hasPrefix("problem  visits, scope visits.read: forbidden"))
        #expect(result.lines[0].contains("ask Welkin for the scope"))
        #expect(result.exitCode == 4)
    }

    @Test("A clock that is off by more than a minute is warned of, and no problem", arguments: [0, 60, -60, 61, -3600])
    func clock(seconds: Int) {
        var result = CheckResult()
        result.clock(ahead: .seconds(seconds))
        let expected = [61: "61 s ahead of Welkin's", -3600: "3600 s behind Welkin's"][seconds]
        #expect(result.lines.count == (expected == nil ? 0 : 1))
        if let expected { #expect(result.lines[0].hasPrefix("warning  clock: this machine's is \(expected)")) }
        #expect(result.exitCode == 0)
    }

    @Test("What the operator can fix decides the exit code, whatever else failed, in either order") func precedence() {
        let (network, credentials) = (DataAPIError(.connection), DataAPIError(.credentialsRefused))
        for errors in [[network, credentials], [credentials, network]] {
            var result = CheckResult()
            #expect(result.exitCode == 0)
            for error in errors { result.failure(error, "credentials") }
            #expect(result.exitCode == 4)
            #expect(result.lines.count == 2)
        }
        var result = CheckResult()
        result.failure(network, "patients")
        #expect(result.exitCode == 1)
    }
}
