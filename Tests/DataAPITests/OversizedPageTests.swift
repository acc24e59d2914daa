import DataAPI
import Testing

@Suite("A page that is larger than an answer may be")
struct OversizedPageTests {
    private let request = FindRequest(.patients, page: PageRequest(size: 1))

    private func page(_ text: String) -> Page? {
        Page(outlining: text.utf8, answering: request, origin: .welkin)
    }

    private func outline(_ text: String) -> String? {
        guard case .oversized(let outline)? = page(text)?.items.first else { return nil }
        return String(decoding: outline, as: UTF8.self)
    }

    private let long = String(repeating: "x", count: 5000)

    @Test("keeps the members of its one record but for the longest, wherever they stand")
    func members() {
        let end = #""more": {"note": [1, "}"]}, "updated_at":"2026-01-02T00:00:00Z""#
        let text = #"{"data": [{"id" : "a", "note": "\#(long)", \#(end)}]}"#
        #expect(outline(text) == #"{"id":"a","more":{"note":[1,"}"]},"updated_at":"2026-01-02T00:00:00Z"}"#)
        #expect(outline(#"{"links": {}, "data": [{"note": "\#(long)", "id": 17}]}"#) == #"{"id":17}"#)
    }

    @Test("takes no text inside a value for a key")
    func texts() {
        let note = #"\", \"id\": \"b\", \"links\": {} \(long)"#
        let inner = #"{"id": "c", "data": [1, 2], "links": {"next": null}}"#
        let record = #"{"note": "\#(note)", "inner": \#(inner), "id": "a", "long": "\#(long)"}"#
        let text = #"{"data": [\#(record)], "meta": {"data": [{}, {}]}}"#
        #expect(outline(text)?.hasSuffix(#""id":"a"}"#) == true)
        #expect(page(text)?.continuation == .end && page(text)?.isLinked == false)
    }

    @Test("finds the next page in links before or behind the data")
    func links() {
        let links = #""links": {"next": {"meta": {"page[from]": "2026-01-02T00:00:00Z"}}}"#
        let data = #""data": [{"id": "a", "n": "\#(long)"}]"#
        for text in ["{\(links), \(data)}", "{\(data), \(links)}"] {
            guard case .next(let next)? = page(text)?.continuation else {
                Issue.record("no next page")
                continue
            }
            #expect(next.from == Instant("2026-01-02T00:00:00Z"))
        }
        #expect(page(#"{"data": [{"id": "a", "n": "\#(long)"}], "links": {"next": {"meta": oops}}}"#) == nil)
    }

    @Test(
        "is none where it has no record, more than one, or no end",
        arguments: [
            #"{"data": []}"#, #"{"data": [{"id": "a"}, {"id": "b"}]}"#, #"{"data": ["a"]}"#, #"{"data": [{"id": "a"}]"#,
            #"{"data": {"id": "a"}}"#, #"[{"id": "a"}]"#, "", #"{"data": [{"id": "a"}, 1]}"#, #"{"data": [{"id": "a"#,
        ])
    func none(text: String) { #expect(page(text) == nil) }
}
