import StrictJSON
import Testing

@Suite("What is not JSON, or is ambiguous, is refused")
struct RefusalTests {
    @Test(
        "The strict mode names what is wrong",
        arguments: [
            ("", .truncated),
            ("   ", .truncated),
            ("[", .truncated),
            ("[1", .truncated),
            ("{\"a\"", .truncated),
            ("{\"a\":", .truncated),
            ("\"abc", .truncated),
            ("\"\\", .truncated),
            ("\"\\u12", .truncated),
            ("tru", .truncated),
            ("-", .truncated),
            ("1.", .truncated),
            ("1e", .truncated),
            ("1e+", .truncated),
            ("[1,]", .unexpectedByte),
            ("[,1]", .unexpectedByte),
            ("{,}", .unexpectedByte),
            ("{\"a\":1,}", .unexpectedByte),
            ("{a:1}", .unexpectedByte),
            ("{'a':1}", .unexpectedByte),
            ("{\"a\" 1}", .unexpectedByte),
            ("{1:2}", .unexpectedByte),
            ("[1 2]", .unexpectedByte),
            ("nul1", .unexpectedByte),
            ("NaN", .unexpectedByte),
            ("Infinity", .unexpectedByte),
            ("-Infinity", .unexpectedByte),
            ("+1", .unexpectedByte),
            (".5", .unexpectedByte),
            ("1.e5", .unexpectedByte),
            ("/*c*/1", .unexpectedByte),
            ("True", .unexpectedByte),
            ("}", .unexpectedByte),
            ("01", .trailingBytes),
            ("1 1", .trailingBytes),
            ("{} {}", .trailingBytes),
            ("0x10", .trailingBytes),
            ("{}\0", .trailingBytes),
            ("[]]", .trailingBytes),
            ("\"\\x\"", .invalidEscape),
            ("\"\\u12g4\"", .invalidEscape),
            ("\"\\U0041\"", .invalidEscape),
            ("\"a\nb\"", .controlCharacter),
            ("\"\u{1}\"", .controlCharacter),
            ("\"\0\"", .controlCharacter),
            ("\"\t\"", .controlCharacter),
            ("\"01234567\u{1F}\"", .controlCharacter),
            ("\"\\uD800\"", .invalidUnicode),
            ("\"\\uDC00\"", .invalidUnicode),
            ("\"\\uD800x\"", .invalidUnicode),
            ("\"\\uD800\\u0041\"", .invalidUnicode),
            ("\"\\uDC00\\uD800\"", .invalidUnicode),
            ("1e400", .numberOutOfRange),
            ("-1e400", .numberOutOfRange),
            ("[1e999999999]", .numberOutOfRange),
            ("{\"a\":1,\"a\":1}", .duplicateKey),
            ("{\"a\":1,\"b\":2,\"\\u0061\":3}", .duplicateKey),
            ("{\"\":1,\"\":2}", .duplicateKey),
            ("[{\"x\":{\"k\":1,\"k\":2}}]", .duplicateKey),
        ] as [(String, JSONError.Code)])
    func refuses(_ text: String, _ code: JSONError.Code) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.code == code)
    }

    @Test(
        "Bytes that are not UTF-8 are refused, wherever they stand in a word of eight",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF], [0xC3, 0x28],
        ] as [[UInt8]], 0..<9)
    func badUTF8(_ bytes: [UInt8], _ padding: Int) {
        let text = [0x22] + [UInt8](repeating: 0x61, count: padding) + bytes + [0x22]
        #expect(throws: JSONError(.invalidUnicode, at: 1 + padding)) { try JSONDocument(parsing: text) }
    }

    @Test("A byte order mark is refused")
    func byteOrderMark() {
        #expect(throws: JSONError(.unexpectedByte, at: 0)) { try JSONDocument(parsing: [0xEF, 0xBB, 0xBF, 0x31]) }
    }

    @Test(
        "A doubled key among many is found, and many different ones are not taken for doubles",
        arguments: [9, 40, 1000])
    func manyKeys(_ count: Int) throws {
        let members = (0..<count).map { "\"key\($0)\":\($0)" }
        _ = try JSONDocument(parsing: Array("{\(members.joined(separator: ","))}".utf8))
        let doubled = members + ["\"key\(count / 2)\":0"]
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(parsing: Array("{\(doubled.joined(separator: ","))}".utf8))
        }
        #expect(error?.code == .duplicateKey)
    }
}

@Suite("The tolerant mode reads what the strict one refuses as ambiguous, and nothing else")
struct TolerantTests {
    @Test("A doubled key gives the last value")
    func doubledKey() throws {
        let root = try JSONDocument(parsing: Array(#"{"a":1,"a":2}"#.utf8), mode: .tolerant).root
        #expect(root["a"]?.integer == 2)
    }

    @Test("Half a surrogate pair reads as U+FFFD, and its bytes are kept")
    func loneSurrogate() throws {
        let text = #"["\uD800x","\uDC00","\uD83D\uDE00"]"#
        let document = try JSONDocument(parsing: Array(text.utf8), mode: .tolerant)
        #expect(document.root.elements.map(\.string) == ["\u{FFFD}x", "\u{FFFD}", "😀"])
        #expect(Array(document.root.raw) == Array(text.utf8))
    }

    @Test("Bytes that are not UTF-8 and raw control characters do not stop the reading")
    func badBytes() throws {
        let root = try JSONDocument(parsing: [0x22, 0x61, 0xFF, 0x0A, 0x22], mode: .tolerant).root
        #expect(root.string == "a\u{FFFD}\n")
    }

    @Test("A number beyond Double is infinite")
    func hugeNumber() throws {
        #expect(try JSONDocument(parsing: Array("1e400".utf8), mode: .tolerant).root.double == .infinity)
    }

    @Test("The grammar is kept", arguments: ["{", "[1,]", "NaN", "\"\\x\"", "{} {}", "01", "\"\\u12\""])
    func grammar(_ text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8), mode: .tolerant) }
    }
}
