import Gateway
import Testing

@Suite("Forms")
struct FormTests {
    private func values(_ text: String, _ name: String) -> [String]? {
        Form(parsing: Array(text.utf8)).map { $0.values(name).map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test(
        "A field's value is found and decoded",
        arguments: [
            ("token=abc", ["abc"]),
            ("a=1&token=abc&b=2", ["abc"]),
            ("token=a%2Eb", ["a.b"]),
            ("token=a+b", ["a b"]),
            ("token=a%2bb", ["a+b"]),
            ("%74oken=x", ["x"]),
            ("token=", [""]),
            ("token", [""]),
            ("token=a=b", ["a=b"]),
            ("token=1&token=2", ["1", "2"]),
            ("", []),
            ("&&", []),
            ("Token=x", []),
            ("token=a%00b", ["a\0b"]),
        ])
    func decodes(_ text: String, _ expected: [String]) {
        #expect(values(text, "token") == expected)
    }

    @Test(
        "A broken escape is refused, in any field",
        arguments: ["token=%", "token=%4", "token=%zz", "x=%g0&token=a", "%=1"])
    func broken(_ text: String) {
        #expect(Form(parsing: Array(text.utf8)) == nil)
    }

    @Test("The names of a text's fields are found, whether it is a form or not")
    func names() {
        #expect(Form.names(in: "a=1&%62=2&c&&%=4&%zz") == ["a", "b", "c", "%", "%zz"])
        #expect(Form.names(in: "").isEmpty)
    }

    @Test("64 fields are read, 65 refused")
    func many() {
        let fields = { (count: Int) in (0..<count).map { "f\($0)=1" }.joined(separator: "&") }
        #expect(Form(parsing: Array(fields(64).utf8))?.fields.count == 64)
        #expect(Form(parsing: Array(fields(65).utf8)) == nil)
    }
}

@Suite("Cookies and media types")
struct HeaderTests {
    @Test(
        "A cookie's values are found by its exact name",
        arguments: [
            ("s=1", ["1"]),
            ("a=0; s=1; b=2", ["1"]),
            ("s=1; s=2", ["1", "2"]),
            ("xs=1; sx=2", []),
            ("s", []),
            ("s=", [""]),
            ("  s=1", ["1"]),
            ("s=a=b", ["a=b"]),
            (";;;", []),
            ("a=1, s=2", ["2"]),
            ("s=1, a=2", ["1"]),
            ("s=1,s=2; s=3", ["1", "2", "3"]),
            ("s=1;s=2;s=3;s=4;s=5", ["1", "2", "3", "4"]),
        ])
    func cookies(_ header: String, _ expected: [String]) {
        #expect(Cookies.values("s", in: header) == expected)
    }

    @Test(
        "A content type is taken with any parameters and in any case",
        arguments: [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            (" application/json ;x", true),
            ("application/jsonp", false),
            ("text/json", false),
            ("", false),
        ])
    func mediaType(_ header: String, _ expected: Bool) {
        #expect(MediaType.is("application/json", header) == expected)
    }

    @Test(
        "JSON is for those who ask for it and not for a page",
        arguments: [
            ("application/json", true),
            ("application/json, text/plain, */*", true),
            ("text/html,application/json", false),
            ("*/*", false),
            (nil, false),
            ("application/json;q=0.9", true),
        ] as [(String?, Bool)])
    func accept(_ header: String?, _ expected: Bool) {
        #expect(MediaType.prefersJSON(accept: header) == expected)
    }
}
