import DataAPI
import Glibc
import Testing
import Tokens

@Suite("A problem of the network")
struct NetworkProblemTests {
    typealias Kind = NetworkProblem.Kind

    private let place = "api.example.org:443"
    private let now = Instant("2026-01-02T03:04:05Z")!

    @Test(
        "is told by what the system says",
        arguments: [
            (ECONNREFUSED, Kind.refused),
            (EHOSTUNREACH, .noRoute),
            (ENETUNREACH, .noRoute),
            (ETIMEDOUT, .connectTimedOut),
            (ECONNRESET, .reset),
            (EPIPE, .reset),
            (EMFILE, .system(EMFILE)),
        ])
    func system(code: Int32, kind: Kind) { #expect(Kind(errno: code) == kind) }

    @Test(
        "of TLS is told by BoringSSL's reasons",
        arguments: [
            ("CERTIFICATE_VERIFY_FAILED", Kind.certificate(.unexplained)),
            ("WRONG_VERSION_NUMBER", .notTLS),
            ("TLSV1_ALERT_PROTOCOL_VERSION", .noCommonProtocol),
            ("UNSUPPORTED_PROTOCOL", .noCommonProtocol),
            ("SSLV3_ALERT_HANDSHAKE_FAILURE", .noCommonProtocol),
            ("KEY_USAGE_BIT_INCORRECT", .certificate(.unfit)),
            ("DECRYPT_ERROR", .tlsFailed),
        ])
    func handshake(reason: String, kind: Kind) {
        #expect(
            Kind(handshake: "sslError([Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:\(reason)])")
                == kind)
    }

    @Test("of a certificate is the first that can be seen in the chain")
    func certificates() {
        func facts(_ from: Int, _ until: Int, isSelfIssued: Bool = false) -> CertificateFacts {
            CertificateFacts(
                validFrom: now + .seconds(from), validUntil: now + .seconds(until), isSelfIssued: isSelfIssued)
        }
        func problem(_ chain: CertificateFacts...) -> CertificateProblem {
            CertificateProblem(refusing: chain, now: now)
        }
        let good = facts(-1, 1)
        #expect(problem(facts(-2, -1)) == .expired(now + .seconds(-1)))
        #expect(problem(facts(-2, -1, isSelfIssued: true), good) == .expired(now + .seconds(-1)))
        #expect(problem(facts(1, 2)) == .notYetValid(now + .seconds(1)))
        #expect(problem(good, facts(-2, -1)) == .authorityExpired(now + .seconds(-1)))
        #expect(problem(facts(-1, 1, isSelfIssued: true)) == .selfSigned)
        #expect(problem(good) == .unknownAuthority)
        #expect(problem() == .unexplained)
    }

    @Test("has one line that names the API, and a remedy; a proxy is never named")
    func words() {
        let kinds: [Kind] = [
            .nameUnknown, .nameServerSilent, .refused, .noRoute, .connectTimedOut, .reset, .closed,
            .silent(.seconds(60)),
            .tlsTimedOut, .certificate(.expired(now)), .certificate(.otherName), .noCommonProtocol, .notTLS, .tlsFailed,
            .proxyRefused(status: 407), .proxySilent, .notHTTP, .badCompression, .system(EMFILE), .other("E"),
        ]
        for kind in kinds {
            let direct = NetworkProblem(kind, of: place, isProxied: false)
            let isProxys = kind == .proxySilent
            #expect(direct.description.contains(place) != isProxys, "\(direct)")
            #expect(!direct.description.contains("\n") && !direct.remedy.isEmpty)
        }
        let refused = NetworkProblem(.refused, of: place, isProxied: false)
        #expect(refused.description == "cannot connect to api.example.org:443: connection refused")
        #expect(refused.remedy.contains("WELKIN_DATA_API_URL"))
        let proxy = NetworkProblem(.refused, of: place, isProxied: true)
        #expect(proxy.description == "cannot connect to the proxy of HTTPS_PROXY: connection refused")
        #expect(proxy.remedy.hasPrefix("check HTTPS_PROXY"))
        let expired = NetworkProblem(.certificate(.expired(now)), of: place, isProxied: false)
        #expect(expired.description == "the certificate of api.example.org:443 expired at 2026-01-02T03:04:05Z")
    }

    @Test("of a name that nobody knows is told as such")
    func name() async throws {
        // Reserved for names that do not exist (RFC 6761, section 6.4).
        var settings = ClientSettings(
            origin: try #require(Origin("https://api.invalid")), clientID: "client", secret: Secret(Harness.secret))
        settings.retry.maximumAttempts = 1
        let client = Client(settings)
        let failure = await Harness.failure { try await client.authenticate() }
        try await client.shutdown()
        // Without any network, no name server says so.
        #expect([Kind.nameUnknown, .nameServerSilent].contains(failure?.cause?.kind), "\(failure as Any)")
        #expect(failure?.mayHaveBeenReceived == false)
    }
}
