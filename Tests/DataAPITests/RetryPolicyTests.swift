import DataAPI
import Testing

@Suite("The retry policy")
struct RetryPolicyTests {
    private let policy = RetryPolicy(
        maximumAttempts: 5, totalTime: .seconds(100), networkTime: .seconds(30), baseDelay: .seconds(1),
        maximumDelay: .seconds(6))

    private func delay(
        _ code: DataAPIError.Code = .serverError, retryAfter: Duration? = nil, attempt: Int = 1,
        isRepeatable: Bool = true, elapsed: Duration = .zero, random: Double = 1
    ) -> Duration? {
        var error = DataAPIError(code)
        error.retryAfter = retryAfter
        return policy.delay(
            after: error, attempt: attempt, isRepeatable: isRepeatable, elapsed: elapsed, random: random)
    }

    @Test("repeats what may be over the next time, and nothing else", arguments: DataAPIError.Code.allCases)
    func codes(code: DataAPIError.Code) {
        let transient: Set<DataAPIError.Code> = [.tooManyRequests, .serverError, .truncated, .timedOut, .connection]
        #expect((delay(code) != nil) == transient.contains(code))
        #expect(delay(code, isRepeatable: false) == nil)
    }

    @Test("doubles the wait up to its limit", arguments: [(1, 1), (2, 2), (3, 4), (4, 6)])
    func backoff(attempt: Int, seconds: Int) {
        #expect(delay(attempt: attempt, random: 1) == .seconds(seconds))
        #expect(delay(attempt: attempt, random: 0) == .seconds(seconds) / 2)
    }

    @Test("never waits less than it was asked to")
    func floor() {
        #expect(delay(.tooManyRequests, retryAfter: .seconds(30), random: 0) == .seconds(30))
        #expect(delay(.serverError, retryAfter: .seconds(30), attempt: 2, random: 1) == .seconds(32))
    }

    @Test("ends after its attempts and its time")
    func bounds() {
        #expect(delay(attempt: 4) != nil)
        #expect(delay(attempt: 5) == nil)
        #expect(delay(elapsed: .seconds(99), random: 1) == .seconds(1))
        #expect(delay(elapsed: .seconds(99.5), random: 1) == nil)
        #expect(delay(retryAfter: .seconds(101)) == nil)
        #expect(delay(attempt: .max) == nil)
    }

    @Test(
        "gives what cannot be reached up sooner than what asks to be waited for",
        arguments: [DataAPIError.Code.connection, .timedOut])
    func network(code: DataAPIError.Code) {
        #expect(delay(code, elapsed: .seconds(29)) == .seconds(1))
        #expect(delay(code, elapsed: .seconds(29.5)) == nil)
        #expect(delay(code, elapsed: .seconds(60)) == nil)
        #expect(delay(.serverError, elapsed: .seconds(60)) == .seconds(1))
    }

    @Test(
        "gives an unreachable API up within 90 seconds, whatever an attempt takes and chance says",
        arguments: [0.0, 10, 29, 60], [0.0, 0.5, 1])
    func bounded(attemptTakes seconds: Double, random: Double) {
        let policy = RetryPolicy()
        var (elapsed, attempt) = (Duration.zero, 1)
        while true {
            elapsed += .seconds(seconds)
            guard
                let delay = policy.delay(
                    after: DataAPIError(.connection), attempt: attempt, isRepeatable: true, elapsed: elapsed,
                    random: random)
            else { break }
            elapsed += delay
            attempt += 1
        }
        #expect(elapsed <= .seconds(90))
        #expect(attempt > 1 || seconds > 29)
    }

    @Test("does not repeat what is the same in half a minute")
    func lasting() {
        func delay(_ kind: NetworkProblem.Kind) -> Duration? {
            let error = DataAPIError(NetworkProblem(kind, of: "api.example.org:443", isProxied: false))
            return policy.delay(after: error, attempt: 1, isRepeatable: true, elapsed: .zero, random: 1)
        }
        #expect(delay(.certificate(.unknownAuthority)) == nil)
        #expect(delay(.proxyRefused(status: 407)) == nil)
        #expect(delay(.proxyRefused(status: 503)) != nil)
        #expect(delay(.refused) != nil)
    }

    @Test(
        "reads Retry-After as seconds or as any of HTTP's dates",
        arguments: [
            ("20", 20.0),
            (" 0", 0),
            ("1.5", 1.5),
            ("99999999999999999999", 604_800),
            ("Sun, 06 Nov 1994 08:49:57 GMT", 20),
            ("Sunday, 06-Nov-94 08:49:57 GMT", 20),
            ("Sun Nov  6 08:49:57 1994", 20),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("Sun, 06 Nov 2094 08:00:00 GMT", 604_800),
            ("-1", nil),
            ("soon", nil),
            ("", nil),
            ("Sun, 31 Feb 1994 08:49:57 GMT", nil),
            ("Sun, 06 Nev 1994 08:49:57 GMT", nil),
            ("nan", nil),
            ("inf", 604_800),
        ])
    func retryAfter(value: String, seconds: Double?) {
        let now = Instant("1994-11-06T08:49:37Z")!
        #expect(RetryAfter.parse(value, now: now) == seconds.map { .seconds($0) })
    }
}
