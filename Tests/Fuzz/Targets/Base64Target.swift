import Tokens

/// base64url against a decoder written out of RFC 4648 alone.
enum Base64Target {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func run(_ bytes: [UInt8]) {
        let decoded = Base64URL.decode(bytes[...])
        require(decoded == reference(bytes), "exactly canonical base64url is decoded, and rightly")
        if let decoded { require(Base64URL.encode(decoded) == bytes, "no other text stands for the same bytes") }
        // A slice that does not begin at zero, between bytes that belong to nobody.
        require(Base64URL.decode(([0x41] + bytes + [0x41])[1..<(bytes.count + 1)]) == decoded, "a slice reads alike")
        require(Base64URL.decode(Base64URL.encode(bytes)[...]) == bytes, "all bytes survive being encoded")

        require(Base64.decode(Base64.encode(bytes)[...]) == bytes, "all bytes survive ordinary base64")
        if let plain = Base64.decode(bytes[...]) {
            let unpadded = bytes.prefix { $0 != UInt8(ascii: "=") }.map {
                $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
            }
            require(plain == reference(unpadded), "settings take only base64")
        }
    }

    /// Nil for anything that is not canonical.
    private static func reference(_ text: [UInt8]) -> [UInt8]? {
        var bits = 0
        var count = 0
        var bytes: [UInt8] = []
        for letter in text {
            guard let value = alphabet.firstIndex(of: letter) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        // A lone letter holds no byte; what is left over of the last one has to be zero.
        return count < 6 && bits & (1 << count - 1) == 0 ? bytes : nil
    }
}
