import FastCGI
import Testing

@Suite("The guard in front of libfcgi")
struct RecordGuardTests {
    private static let pairs =
        Records.pair("REQUEST_METHOD", "POST") + Records.pair("X", String(repeating: "v", count: 300))
    private static let body = [UInt8](repeating: 0x61, count: 200)

    private func verdict(_ bytes: [UInt8], chunk: Int = .max) -> RecordGuard.Verdict {
        var guarding = RecordGuard()
        var kept: [UInt8] = []
        return verdict(bytes, chunk: chunk, &guarding, &kept)
    }

    private func verdict(
        _ bytes: [UInt8], chunk: Int = .max, _ guarding: inout RecordGuard, _ kept: inout [UInt8]
    ) -> RecordGuard.Verdict {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk == .max ? bytes.count : chunk)
            let verdict = guarding.consume(piece.span, into: &kept)
            if verdict != .needMore { return verdict }
        }
        return .needMore
    }

    @Test("A whole request is complete, in whatever pieces it comes", arguments: [1, 2, 3, 7, 8, 9, 64, Int.max])
    func complete(_ chunk: Int) {
        let request = Records.request(Self.pairs, body: Self.body)
        var guarding = RecordGuard()
        var kept: [UInt8] = []
        #expect(verdict(request, chunk: chunk, &guarding, &kept) == .complete)
        #expect(guarding.bodyLength == 200)
        #expect(guarding.requestID == 1)
        #expect(guarding.headLength == kept.count - (8 + 200) - 8)
        #expect(verdict(Records.request([], body: []), chunk: chunk) == .complete)
    }

    @Test("Every beginning of a request waits for the rest")
    func truncated() {
        let request = Records.request(Self.pairs, body: Self.body)
        for end in 0..<request.count { #expect(verdict(Array(request[..<end])) == .needMore) }
    }

    @Test("Variables may be spread over records in mid-pair")
    func spread() {
        let bytes =
            Records.begin() + Records.record(4, Array(Self.pairs[..<40])) + Records.record(4, Array(Self.pairs[40...]))
            + Records.record(4) + Records.record(5)
        #expect(verdict(bytes) == .complete)
    }

    @Test("Padding is allowed on every record, also the last, and belongs to it", arguments: [1, Int.max])
    func padding(_ chunk: Int) {
        let bytes =
            Records.begin() + Records.record(4, Self.pairs, padding: 255) + Records.record(4, padding: 7)
            + Records.record(5, padding: 9)
        var guarding = RecordGuard()
        var kept: [UInt8] = []
        #expect(verdict(bytes, chunk: chunk, &guarding, &kept) == .complete)
        #expect(kept == Records.begin() + Records.record(4, Self.pairs) + Records.record(4) + Records.record(5))
        #expect(verdict(Array(bytes.dropLast())) == .needMore)
    }

    @Test(
        "What is no request for a responder is refused",
        arguments: [
            ("version", Records.record(1, [0, 1, 0, 0, 0, 0, 0, 0], version: 2), .version),
            ("HTTP", Array("GET / HTTP/1.1\r\n".utf8), .version),
            ("unknown type", Records.begin() + Records.record(77), .type),
            ("parameters first", Records.record(4, [1, 1, 65, 66]), .order),
            ("body first", Records.begin() + Records.record(5, [1]), .order),
            ("second begin", Records.begin() + Records.begin(), .order),
            ("other id", Records.begin() + Records.record(4, id: 2, [1, 1, 65, 66]), .order),
            ("abort", Records.begin() + Records.record(2), .order),
            ("short begin", Records.record(1, [0, 1, 0, 0]), .order),
            ("authorizer", Records.begin(role: 2), .role),
            ("filter", Records.begin(role: 3), .role),
            ("cut pair", Records.begin() + Records.record(4, [5, 5, 65]) + Records.record(4), .parameters),
            ("cut length", Records.begin() + Records.record(4, [0x80, 0]) + Records.record(4), .parameters),
            // These two make libfcgi 2.4.2 abort: the lengths overflow, or cannot be allocated.
            (
                "length", Records.begin() + Records.record(4, [0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFE]),
                .parameters
            ),
            ("2 GiB", Records.begin() + Records.record(4, [0xFF, 0xFF, 0xFF, 0xF0, 1]), .parameters),
            (
                "64 KiB of variables",
                Records.begin() + Records.record(4, Records.pair("A", String(repeating: "b", count: 60_000)))
                    + Records.record(4, Records.pair("A", String(repeating: "b", count: 60_000))), .parametersTooLarge
            ),
            ("question", Records.record(9, id: 0, Records.pair("FCGI_MAX_CONNS", "")), .management),
            // This one overflows libfcgi's buffer on the stack.
            (
                "many questions",
                Records.record(9, id: 0, (0..<20).flatMap { _ in Records.pair("FCGI_MAX_CONNS", "") }),
                .management
            ),
            ("question in mid-request", Records.begin() + Records.record(9, id: 0), .management),
        ] as [(String, [UInt8], ConnectionRefusal)])
    func refused(_ name: String, _ bytes: [UInt8], _ refusal: ConnectionRefusal) {
        #expect(verdict(bytes) == .refused(refusal))
        #expect(verdict(bytes, chunk: 1) == .refused(refusal))
    }

    @Test("Bytes that come together with a request and behind it are refused")
    func surplus() {
        #expect(verdict(Records.request([], body: []) + [1]) == .refused(.surplus))
    }

    @Test("Before the first byte the guard is untouched, and after it no more")
    func untouched() {
        var guarding = RecordGuard()
        #expect(guarding.isUntouched)
        var kept: [UInt8] = []
        _ = guarding.consume([1].span, into: &kept)
        #expect(!guarding.isUntouched)
    }
}
