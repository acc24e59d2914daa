import Platform
import Testing

@Suite("Hexadecimal digits")
struct HexadecimalTests {
    @Test("Bytes are two digits each, in lower case")
    func text() {
        #expect(Hexadecimal.text([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
        #expect(Hexadecimal.text([]) == "")
    }

    @Test("A digit has its value in either case, and no other byte has one")
    func values() {
        var values: [UInt8: UInt8] = [:]
        for byte in UInt8.min...UInt8.max { values[byte] = Hexadecimal.value(byte) }
        #expect(values.count == 22)
        for (value, digit) in "0123456789abcdef".utf8.enumerated() { #expect(values[digit] == UInt8(value)) }
        for (value, digit) in "0123456789ABCDEF".utf8.enumerated() { #expect(values[digit] == UInt8(value)) }
    }
}
