import Records
import Foundation
import Simulator
import Testing

@Suite("Why an App cannot be reached")
struct ReachFailureTests {
    @Test(
        "is told by what the system says",
        arguments: [
            (ECONNREFUSED, ReachFailure.refused),
            (EHOSTUNREACH, .noRoute),
            (ENETUNREACH, .noRoute),
            (ETIMEDOUT, .connectTimedOut),
            (ECONNRESET, .reset),
            (EPIPE, .reset),
            (EMFILE, .other("Too many open files")),
        ])
    func system(code: Int32, failure: ReachFailure) { #expect(ReachFailure(errno: code) == failure) }

    @Test(
        "is told by what OpenSSL says",
        arguments: [
            ("OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", ReachFailure.notTLS),
            ("OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading", .closed),
            ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to app.example:443 ", .closed),
            ("OpenSSL/3.0.19: error:0A00017F:SSL routines::wrong certificate type", .certificate(.unfit)),
            ("OpenSSL/3.0.19: error:0A00042E:SSL routines::tlsv1 alert protocol version", .tlsFailed),
            ("OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure", .tlsFailed),
            ("OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0", .tlsFailed),
        ])
    func tls(words: String, failure: ReachFailure) { #expect(ReachFailure(tls: words) == failure) }
}

@Suite("Why a certificate is not believed")
struct CertificateFaultTests {
    private static let now = Instant("2026-01-02T03:04:05Z")!
    private static let past = "Jan  2 03:04:04 2026 GMT"
    private static let future = "Jan  2 03:04:06 2026 GMT"

    private func shown(_ from: String, _ until: String, _ more: String...) throws -> ShownCertificate {
        try #require(ShownCertificate(["Subject:CN = x", "Start date:\(from)", "Expire date:\(until)"] + more))
    }

    @Test(
        "is told by OpenSSL's number",
        arguments: [
            (1, CertificateFault.otherName),
            (18, .selfSigned),
            (19, .unknownAuthority),
            (20, .unknownAuthority),
            (26, .unfit),
            (10, .unexplained),
            (7, .unexplained),
        ])
    func number(code: Int, fault: CertificateFault) { #expect(CertificateFault(verification: code) == fault) }

    @Test("is rather what can be seen in the chain, of which the first counts")
    func chain() throws {
        func fault(_ chain: ShownCertificate...) -> CertificateFault {
            CertificateFault.unknownAuthority.explained(by: chain, now: Self.now)
        }
        let (good, expired) = (try shown(Self.past, Self.future), try shown(Self.past, Self.past))
        #expect(fault() == .unknownAuthority)
        #expect(fault(good, good) == .unknownAuthority)
        #expect(fault(expired, good) == .expired(Self.now + .seconds(-1)))
        #expect(fault(try shown(Self.future, Self.future)) == .notYetValid(Self.now + .seconds(1)))
        #expect(fault(good, expired) == .authorityExpired(Self.now + .seconds(-1)))
        #expect(fault(try shown(Self.past, Self.future, "X509v3 Key Usage:Certificate Sign, CRL Sign")) == .unfit)
        #expect(fault(try shown(Self.past, Self.past, "X509v3 Key Usage:Digital Signature")) == fault(expired))
    }

    @Test(
        "is not told by a certificate without dates, or with odd ones",
        arguments: ["", "Jan 2 2026", "Abc  2 03:04:04 2026 GMT", "Jan 32 03:04:04 2026 GMT"])
    func odd(date: String) {
        #expect(ShownCertificate(["Start date:\(Self.past)", "Expire date:\(date)"]) == nil)
        #expect(ShownCertificate(["Expire date:\(Self.past)"]) == nil)
    }

    @Test("has its words, with the date to the second")
    func words() throws {
        let faults: [CertificateFault] = [
            .expired(Self.now), .notYetValid(Self.now), .authorityExpired(Self.now), .otherName, .selfSigned,
            .unknownAuthority, .unfit, .unexplained,
        ]
        #expect(Set(faults.map(\.description)).count == faults.count)
        #expect(faults[0].description == "expired at 2026-01-02T03:04:05Z")
    }
}

@Suite("A file of authorities")
struct AuthoritiesTests {
    private static let block = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n"

    @Test(
        "is of use when certificates are in it, and nothing broken",
        arguments: [
            (block, nil),
            ("# ours\n\(block)\n\(block)", nil),
            ("", "its file holds no certificate"),
            ("words", "its file holds no certificate"),
            (block + "-----BEGIN CERTIFICATE-----\nMIIB", "its file holds more than PEM certificates"),
            (
                "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----",
                "its file holds more than PEM certificates"
            ),
        ])
    func content(text: String, problem: String?) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        #expect(Authorities.problem(withFile: file.path) == problem)
    }

    @Test("cannot be read where there is none", arguments: ["/nowhere", "/"])
    func missing(path: String) { #expect(Authorities.problem(withFile: path) == "its file cannot be read") }
}
