import DataAPI
import StrictJSON
import Testing

@Suite("Records")
struct RecordTests {
    private func record(_ text: String) throws -> Record { try #require(Record(parsing: Array(text.utf8))) }

    private func page(_ text: String) throws -> Page {
        try Page(parsing: Array(text.utf8), answering: FindRequest(.patients), origin: .welkin)
    }

    @Test("keep their bytes, whatever stands in them")
    func bytes() throws {
        let texts = [
            #"{ "id" : "1",  "note":"\ud800 lone", "x": 1e999 }"#, #"{"id":"2","nul":"a\u0000b"}"#,
            #"{"id":"3","id":"4"}"#,
        ]
        let page = try page(#"{"data": [\#(texts.joined(separator: " ,\n"))]}"#)
        #expect(page.records.map { String(decoding: $0.bytes, as: UTF8.self) } == texts)
        #expect(page.records.map(\.id) == ["1", "2", "4"])
        #expect(page.records[0]["note"]?.text == "\u{FFFD} lone")
    }

    @Test("that are not JSON are repaired, and keep their bytes beside that; the others of their page stay as they are")
    func mended() throws {
        let broken = "{\"id\":\"5\",\"control\":\"a\u{01}b\"}"
        let page = try page(#"{"data": [{"id":"4"}, \#(broken), {"id":"6","tab":"\u0009"}]}"#)
        guard case .repaired(let record, let original) = page.items[1] else {
            Issue.record("\(page.items[1])")
            return
        }
        #expect(String(decoding: original, as: UTF8.self) == broken)
        #expect(String(decoding: record.bytes, as: UTF8.self) == #"{"id":"5","control":"a\u0001b"}"#)
        #expect(record["control"]?.text == "a\u{01}b")
        for index in [0, 2] { guard case .record = page.items[index] else { Issue.record("\(index)"); return } }
    }

    @Test(
        "read booleans tolerantly",
        arguments: [
            ("true", true),
            (#""true""#, true),
            (#""True""#, true),
            ("1", true),
            ("false", false),
            (#""false""#, false),
            ("0", false),
            ("null", nil),
            (#""maybe""#, nil),
            ("[]", nil),
        ])
    func booleans(json: String, value: Bool?) throws {
        #expect(try record(#"{"x": \#(json)}"#)["x"]?.boolean == value)
    }

    @Test(
        "read integers tolerantly",
        arguments: [
            ("72", 72),
            (#""72""#, 72),
            ("72.0", 72),
            ("-1", -1),
            ("72.5", nil),
            (#""6 ft""#, nil),
            ("true", nil),
        ])
    func integers(json: String, value: Int64?) throws {
        #expect(try record(#"{"x": \#(json)}"#)["x"]?.integer == value)
    }

    @Test(
        "read numbers and texts tolerantly",
        arguments: [
            ("1.5", 1.5, "1.5"),
            (#""1.5""#, 1.5, "1.5"),
            ("1e999", nil, "1e999"),
            ("true", nil, "true"),
            ("{}", nil, nil),
        ])
    func numbers(json: String, number: Double?, text: String?) throws {
        let value = try record(#"{"x": \#(json)}"#)["x"]
        #expect(value?.number == number)
        #expect(value?.text == text)
    }

    @Test("tell null from absent")
    func null() throws {
        let record = try record(#"{"x": null}"#)
        #expect(record["x"]?.isNull == true)
        #expect(record["y"] == nil)
    }

    @Test("know the moment that orders them, where the resource has one")
    func cursor() throws {
        let record = try record(#"{"id": 7, "updated_at": "2018\u002d09-12 01:27:32.123456"}"#)
        #expect(record.id == "7")
        #expect(record.cursor(of: .patients) == Instant("2018-09-12T01:27:32.123456Z"))
        #expect(record.cursor(of: .alerts) == nil)
        #expect(try self.record(#"{"updated_at": "yesterday"}"#).cursor(of: .patients) == nil)
    }

    @Test(
        "without an id that can be one have none", arguments: ["{}", #"{"id": null}"#, #"{"id": ""}"#, #"{"id": {}}"#])
    func noID(text: String) throws {
        #expect(try record(text).id == nil)
    }

    @Test("that are none are set aside, and the others kept")
    func unreadable() throws {
        let broken = [#"{"id": "2", "n": NaN}"#, #"{"id": "3", "s": "\x"}"#, "7"]
        let whole =
            #"{"links": {"next": null}, "data": [{"id": "1"}, \#(broken.joined(separator: ", ")), {"id": "4,]"}]}"#
        let page = try page(whole)
        #expect(page.records.map(\.id) == ["1", "4,]"])
        let unreadable = page.items.compactMap { item -> String? in
            if case .unreadable(let bytes) = item { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
        #expect(unreadable == broken)
        #expect(page.continuation == .end)
    }

    @Test("of a page with broken links are kept, and the page is not taken for the last")
    func brokenLinks() throws {
        let page = try page(#"{"data": [{"id": "1"}], "links": {"next": nope}}"#)
        #expect(page.records.count == 1)
        #expect(page.continuation == .unclear)
    }

    @Test(
        "are not read from what is no page",
        arguments: [
            (#"{"data": [{"id": "1"}, {"id"#, Page.Failure.truncated),
            ("", .truncated),
            ("<!DOCTYPE html><html></html>", .notJSON),
            ("{]", .notJSON),
            ("[]", .noData),
            (#"{"data": {}}"#, .noData),
            (#"{"links": {}, "x": NaN}"#, .noData),
        ])
    func failures(text: String, failure: Page.Failure) {
        #expect(throws: failure) { try page(text) }
    }

    @Test("nested deeper than any record do not exhaust the stack")
    func depth() {
        let deep = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
        #expect(throws: Never.self) {
            let page = try page(#"{"data": [\#(deep), {"id": "1"}]}"#)
            #expect(page.items.count == 2)
            #expect(page.records.count == 1)
        }
    }
}
