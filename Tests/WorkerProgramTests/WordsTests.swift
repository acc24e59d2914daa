import DataAPI
import Testing
import WorkerProgram

@Suite("Numbers, times and texts for people") struct WordsTests {
    @Test(
        "A span is to the nearest unit, whichever sign it has",
        arguments: [
            (0, "0 s"),
            (119, "119 s"),
            (120, "2 min"),
            (7169, "119 min"),
            (7199, "2 h"),
            (-7200, "2 h"),
            (86_400, "24 h"),
            (172_800, "2 d"),
            (8 * 86_400 + 5, "8 d"),
            (.min, "106751991167301 d"),
        ])
    func span(_ seconds: Int, _ text: String) { #expect(Words.span(seconds) == text) }

    @Test("A clock that is behind is never so many seconds ahead") func relation() {
        #expect(Words.relation(ahead: .seconds(-7200)) == "2 h behind")
        #expect(Words.relation(ahead: .seconds(7200)) == "2 h ahead of")
    }

    @Test("What something took") func taken() {
        #expect(Words.taken(.milliseconds(300)) == "less than 1 s")
        #expect(Words.taken(.seconds(42)) == "42 s")
        #expect(Words.taken(.seconds(3723)) == "1:02:03")
    }

    @Test("Numbers, counts and lists") func numbers() {
        #expect([0, 999, 1000, 1_234_567, -1000].map(Words.grouped) == ["0", "999", "1,000", "1,234,567", "-1,000"])
        #expect(Words.count(1, "record") == "1 record" && Words.count(2000, "record") == "2,000 records")
        #expect(Words.list([]) == "" && Words.list(["a"]) == "a")
        #expect(Words.list(["a", "b", "c"]) == "a, b and c")
        #expect(Words.list(["a", "b", "c", "d"], limit: 3) == "a, b and 2 more")
        #expect(Words.list(["a", "b", "c"], limit: 3) == "a, b and c")
    }

    @Test("Too long a text is cut by whole characters") func cut() {
        #expect(Words.cut("abc", to: 3) == "abc" && Words.cut("abcd", to: 3) == "ab…")
        #expect(Words.cut("é́é́é́", to: 2).count == 2)
        #expect(Words.cut("abc", to: 0) == "" && Words.cut("abc", to: 1) == "…")
    }

    @Test("A paragraph is broken between words, and a word that is too long is left whole") func paragraph() {
        #expect(Paragraph.text("one two three", indent: 2, width: 9) == "  one two\n    three\n")
        #expect(Paragraph.text("a extraordinarily b", width: 6) == "a\n  extraordinarily\n  b\n")
        #expect(Paragraph.text("", width: 6) == "\n")
    }

    @Test("A command is never broken") func command() {
        #expect(Paragraph.next("Next:", command: "a b", width: 20) == "Next: a b\n")
        #expect(Paragraph.next("Next:", command: "a long command", width: 10) == "Next:\n  a long command\n")
    }

    @Test("There is colour on a terminal, unless NO_COLOR forbids it") func colour() {
        #expect(Paint(isTerminal: true, noColor: nil)("x", .bad) == "\u{1B}[31mx\u{1B}[0m")
        #expect(Paint(isTerminal: true, noColor: "")("a\nb\n", .good) == "\u{1B}[32ma\u{1B}[0m\n\u{1B}[32mb\u{1B}[0m\n")
        #expect(Paint(isTerminal: true, noColor: "1")("x", .bad) == "x")
        #expect(Paint(isTerminal: true, noColor: "0")("x", .bad) == "x")
        #expect(Paint(isTerminal: false, noColor: nil)("x", .bad) == "x")
    }

    @Test("A length of time is a whole number with a unit") func timeSpan() {
        #expect(["90s", "15m", "2h", "1d"].map { TimeSpan($0)?.seconds } == [90, 900, 7200, 86_400])
        for text in [
            "", "15", "m", "0s", "-1h", "+1h", "1.5h", "1y", "1 h", "15M", "3651d", "99999999999999999999s", "١m",
        ] {
            #expect(TimeSpan(text) == nil, "\(text)")
        }
    }
}
