import StrictJSON
import Testing

@Suite("What is JSON is read")
struct AcceptanceTests {
    @Test(
        "A text that the grammar allows is accepted",
        arguments: [
            "{}", "[]", "0", "-0", "1.5e-3", "1E+2", "true", "false", "null", "\"\"", " [ 1 , 2 ] ",
            "\t{\r\n\"a\" : 1 }",
            "\"\\u00e9\\n\\/\\\\\\\"\"", "\"\\uD83D\\uDE00\"", "\"é漢😀\"", "[[[[]]]]", "{\"a\":{\"a\":1}}", "\"\u{7F}\"",
            "[1e308,-1e308,1e-400]", "123456789012345678901234567890",
        ])
    func accepts(_ text: String) throws {
        _ = try JSONDocument(parsing: Array(text.utf8))
    }

    @Test("Values are what they say")
    func values() throws {
        let text = #"{"s":"a\u00e9\n","i":-42,"d":2.5e3,"t":true,"f":false,"n":null,"l":[1,"x",[]],"o":{"k":"v"}}"#
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        #expect(root.kind == .object)
        #expect(root["s"]?.string == "aé\n")
        #expect(root["i"]?.integer == -42)
        #expect(root["d"]?.double == 2500)
        #expect(root["d"]?.integer == nil)
        #expect(root["t"]?.bool == true)
        #expect(root["f"]?.bool == false)
        #expect(root["n"]?.isNull == true)
        #expect(root["l"]?.elements.map(\.kind) == [.number, .string, .array])
        #expect(root["o"]?["k"]?.string == "v")
        #expect(root["missing"] == nil)
        #expect(root.members.map { $0.key.string } == ["s", "i", "d", "t", "f", "n", "l", "o"])
    }

    @Test(
        "An integer is exact to the ends of Int64, and nil beyond",
        arguments: [
            ("9223372036854775807", Int64.max),
            ("-9223372036854775808", .min),
            ("0", 0),
            ("-0", 0),
            ("9223372036854775808", nil),
            ("-9223372036854775809", nil),
            ("1.0", nil),
            ("1e2", nil),
        ])
    func integers(_ text: String, _ value: Int64?) throws {
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.integer == value)
    }

    @Test("A value keeps its own bytes, untouched")
    func raw() throws {
        let text = #"{"a": { "x" : 1.50, "y":"\u0041" } , "b":[ 1 ]}"#
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        #expect(root["a"].map { String(decoding: $0.raw, as: UTF8.self) } == #"{ "x" : 1.50, "y":"\u0041" }"#)
        #expect(root["b"].map { String(decoding: $0.raw, as: UTF8.self) } == "[ 1 ]")
        #expect(root["a"]?["y"].map { String(decoding: $0.raw, as: UTF8.self) } == #""\u0041""#)
    }

    @Test("A string without escapes is at hand where it stands, any other has to be decoded")
    func verbatim() throws {
        let root = try JSONDocument(parsing: Array(#"["é", "", "\u00e9", 1]"#.utf8)).root
        let values = Array(root.elements)
        #expect(values[0].verbatim.map(Array.init) == values[0].utf8)
        #expect(values[0].verbatim?.startIndex == 2)
        #expect(values[1].verbatim?.isEmpty == true)
        #expect(values[2].verbatim == nil)
        #expect(values[2].utf8 == values[0].utf8)
        #expect(values[3].verbatim == nil)
        let broken = try JSONDocument(parsing: [0x22, 0xFF, 0x22], mode: .tolerant).root
        #expect(broken.verbatim == nil)
        #expect(broken.string == "\u{FFFD}")
    }

    @Test("A key is found however it is spelt")
    func escapedKey() throws {
        let root = try JSONDocument(parsing: Array(#"{"\u0061lg":"HS256"}"#.utf8)).root
        #expect(root["alg"]?.equals("HS256") == true)
    }

    @Test("Nesting is accepted to the limit and not one deeper", arguments: [1, 8, 64])
    func depth(_ limit: Int) throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONDocument(parsing: nested(limit), maximumDepth: limit)
        #expect(throws: JSONError(.tooDeep, at: limit)) {
            try JSONDocument(parsing: nested(limit + 1), maximumDepth: limit)
        }
    }
}
