import Tokens

/// A short name for one refused request, on the page and in the log: `K7QX-3MPD`.
package struct CorrelationID: Sendable {
    package let text: String

    /// 40 random bits in Crockford's base 32, which has no letters that are easily confused on the phone.
    package init() {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var bits = Random.bytes(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var characters: [UInt8] = []
        for index in 0..<8 {
            if index == 4 { characters.append(UInt8(ascii: "-")) }
            characters.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        text = String(decoding: characters, as: UTF8.self)
    }
}
