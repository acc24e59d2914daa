import Foundation
import Simulator
import Testing

@Suite("The encoding of a segment")
struct SegmentEncodingTests {
    /// RFC 4648, section 10, and two bytes that need the alphabet's last letters.
    @Test(
        "is base64url without padding",
        arguments: zip(
            [[], Array("f".utf8), Array("fo".utf8), Array("foo".utf8), [0xfb, 0xff]] as [[UInt8]],
            ["", "Zg", "Zm8", "Zm9v", "-_8"]))
    func canonical(bytes: [UInt8], text: String) {
        #expect(SegmentEncoding.canonical.encode(bytes) == text)
    }

    @Test("can be padded, or of the other alphabet")
    func otherAlphabets() {
        #expect(SegmentEncoding.padded.encode([0xfb, 0xff]) == "-_8=")
        #expect(SegmentEncoding.padded.encode([0xfb]) == "-w==")
        #expect(SegmentEncoding.standard.encode([0xfb, 0xff]) == "+/8")
    }

    @Test("can have bits set that no byte uses")
    func trailingBits() {
        #expect(SegmentEncoding.trailingBits.encode(Array("f".utf8)) == "Zh")
        #expect(SegmentEncoding.trailingBits.encode(Array("fo".utf8)) == "Zm9")
        #expect(SegmentEncoding.trailingBits.encode(Array("foo".utf8)) == "Zm9v")
    }

    @Test(
        "is part of what is signed, so that nothing else is wrong",
        arguments: [SegmentEncoding.padded, .trailingBits])
    func signedAsWritten(encoding: SegmentEncoding) throws {
        let token = ReadToken(Sample.token { $0.encoding = encoding })
        #expect(token.segments[2] != ReadToken(Sample.token()).segments[2])
        #expect(token.isSigned(with: Sample.secret))
        #expect(try token.payload == Sample.payload)
    }
}
