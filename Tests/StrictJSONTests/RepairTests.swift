import StrictJSON
import Testing

@Suite("Repair")
struct RepairTests {
    private func mended(_ text: [UInt8]) -> String? {
        JSONRepair.repaired(text[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "writes raw control characters in strings as escapes, and leaves all else",
        arguments: [
            ("[\"a\tb\"]", #"["a\u0009b"]"#),
            ("[\n\"a\u{0}\"\t]", "[\n\"a\\u0000\"\t]"),
            (#"["a\"# + "\"\n" + #"\\"]"#, #"["a\"\u000a\\"]"#),
            ("{\"k\u{1F}\": 1}", #"{"k\u001f": 1}"#),
        ])
    func controls(text: String, expected: String) throws {
        #expect(mended(Array(text.utf8)) == expected)
        // What comes of it says the same, and needs no more of it.
        let document = try JSONDocument(parsing: Array(expected.utf8))
        #expect(document.isWellFormed && mended(Array(expected.utf8)) == nil)
        #expect(try !JSONDocument(parsing: Array(text.utf8), mode: .tolerant).isWellFormed)
    }

    @Test("has U+FFFD for each byte that is not UTF-8")
    func badUTF8() throws {
        let text = Array("[\"é\u{1F600}".utf8) + [0xE9, 0xF0, 0x9F] + Array("\"]".utf8)
        #expect(mended(text) == "[\"é\u{1F600}\u{FFFD}\u{FFFD}\u{FFFD}\"]")
        #expect(try !JSONDocument(parsing: text, mode: .tolerant).isWellFormed)
        #expect(mended(Array("[\"é\u{1F600}\"]".utf8)) == nil)
    }

    @Test(
        "has U+FFFD for half a surrogate pair, and leaves whole ones and escaped backslashes",
        arguments: [
            (#"["\ud83d"]"#, #"["\ufffd"]"#),
            (#"["\uDE00x"]"#, #"["\ufffdx"]"#),
            (#"["\ud83d\ud83d\ude00"]"#, #"["\ufffd\ud83d\ude00"]"#),
            (#"["\ud83d\n"]"#, #"["\ufffd\n"]"#),
            (#"["\ud83d\ude00"]"#, nil),
            (#"["\\ud83d"]"#, nil),
            (#"["\u00e9"]"#, nil),
            ("[]", nil),
        ] as [(String, String?)])
    func surrogates(text: String, expected: String?) {
        let result = JSONRepair.withoutLoneSurrogates(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(result == expected)
    }
}
