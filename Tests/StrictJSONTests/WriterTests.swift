import StrictJSON
import Testing

@Suite("The writer")
struct WriterTests {
    @Test("Writes compact JSON in the order given")
    func writes() throws {
        var writer = JSONWriter()
        writer.object {
            $0.member("s", "x")
            $0.member("none", nil as String?)
            $0.member("i", -1)
            $0.member("b", true)
            $0.member("raw", raw: Array("[ 1 ]".utf8))
            $0.member("o", object: { $0.member("k", "v") })
            $0.member(
                "a",
                array: { array in
                    array.string("1")
                    array.integer(2)
                    array.object { _ in }
                })
            $0.member("after", false)
        }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text == #"{"s":"x","none":null,"i":-1,"b":true,"raw":[ 1 ],"o":{"k":"v"},"a":["1",2,{}],"after":false}"#)
    }

    @Test(
        "Any string comes back from the reader as it was",
        arguments: ["", "\"\\/", "\n\r\t\u{0}\u{1F}\u{7F}", "</script>", "é漢😀", "\u{2028}", "\\u0041"])
    func strings(_ text: String) throws {
        var writer = JSONWriter()
        writer.object { $0.member(text, text) }
        let member = try #require(JSONDocument(parsing: writer.bytes).root.members.first { _ in true })
        #expect(member.key.string == text)
        #expect(member.value.string == text)
        #expect(!writer.bytes.contains(UInt8(ascii: "<")))
    }
}
