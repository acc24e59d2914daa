import Testing
import Tokens

@Suite("base64url")
struct Base64URLTests {
    @Test(
        "RFC 4648, section 10, without padding",
        arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")])
    func vectors(_ plain: String, _ text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == Array(text.utf8))
        #expect(Base64URL.decode(Array(text.utf8)[...]) == Array(plain.utf8))
    }

    @Test("Bytes of every value and length come back")
    func roundTrip() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)[...]) == bytes)
        }
    }

    @Test(
        "What is not canonical is refused",
        arguments: [
            "Zg==", "Zg=", "Zh", "Zm9", "Z", "Zm9vY", "Zm 9v", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm9v.", "Zm\09",
            "Zmé",
        ])
    func refused(_ text: String) {
        #expect(Base64URL.decode(Array(text.utf8)[...]) == nil)
    }

    @Test("Exactly the 64 letters of the alphabet are taken, in every place")
    func alphabet() {
        let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min...UInt8.max {
            for place in 0..<4 {
                var text = Array("AAAA".utf8)
                text[place] = byte
                #expect((Base64URL.decode(text[...]) != nil) == letters.contains(byte), "\(byte) at \(place)")
            }
        }
    }

    @Test(
        "Settings take base64 in both alphabets, with and without padding", arguments: ["-_8", "+/8", "-_8=", "+/8="])
    func settings(_ text: String) {
        #expect(Base64.decode(Array(text.utf8)[...]) == [0xFB, 0xFF])
    }
}
