import Gateway
import Glibc
import Testing

@Suite("A request from CGI variables")
struct RequestTests {
    private func request(
        _ variables: KeyValuePairs<String, String>, read: (Int) -> Request.Body = { _ in .bytes([]) }
    ) -> Request {
        var entries = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { entries.forEach { free($0) } }
        return Request(RequestVariables(environment: &entries), read: read)
    }

    @Test("The path is the one that the client asked for, without the query")
    func path() {
        #expect(request(["REQUEST_URI": "/launch?x=1&y"]).path == "/launch")
        #expect(request(["REQUEST_URI": "/a/b"]).path == "/a/b")
        #expect(request(["SCRIPT_NAME": "/cgi-bin", "PATH_INFO": "/launch"]).path == "/cgi-bin/launch")
    }

    @Test(
        "A target that is a whole URL has the same path (RFC 9112, section 3.2.2)",
        arguments: [
            ("http://app.example/launch", "/launch"),
            ("https://app.example:8443/a/b?x=/y", "/a/b"),
            ("HTTP://app.example/launch?x", "/launch"),
            ("https://app.example", "/"),
            ("https://app.example?x", "/"),
            ("ftp://app.example/launch", "ftp://app.example/launch"),
            ("/http://x/launch", "/http://x/launch"),
            ("launch", "launch"),
            ("*", "*"),
            ("", ""),
            ("https:///\u{301}launch", "/\u{301}launch"),
        ])
    func absolute(_ target: String, _ path: String) {
        #expect(request(["REQUEST_URI": target]).path.utf8.elementsEqual(path.utf8))
    }

    @Test(
        "The declared length decides what is read",
        arguments: [
            (nil, .undeclared),
            ("", .undeclared),
            ("0", .bytes([])),
            ("65536", .bytes([1])),
            ("65537", .tooLarge),
            ("99999999999999999999999", .tooLarge),
            ("-1", .invalidLength),
            ("+5", .invalidLength),
            ("5 ", .invalidLength),
            ("0x5", .invalidLength),
            ("5,5", .invalidLength),
            ("٣", .invalidLength),
        ] as [(String?, Request.Body)])
    func length(_ declared: String?, _ expected: Request.Body) {
        let variables: KeyValuePairs = declared.map { ["CONTENT_LENGTH": $0] } ?? [:]
        let request = request(variables) { $0 == 0 ? .bytes([]) : .bytes([1]) }
        #expect(request.body == expected)
    }

    @Test("The first of two equal names counts, similar names and entries without a name do not")
    func names() {
        let request = request(["HTTP_COOKIE": "a", "HTTP_COOKIE": "b", "HTTP_COOKIES": "c", "": "d", "HTTP_PROXY": "e"])
        #expect(request.cookie == "a")
        #expect(request.origin == nil)
    }

    @Test("An empty variable is a header that was not sent")
    func empty() {
        let request = request(["CONTENT_TYPE": "", "HTTP_COOKIE": "", "HTTP_ORIGIN": "https://x"])
        #expect(request.contentType == nil)
        #expect(request.cookie == nil)
        #expect(request.origin == "https://x")
    }
}

@Suite("A response as CGI text")
struct ResponseTests {
    @Test("Status, headers, empty line, body")
    func text() {
        let response = Response(status: 302, headers: [.init("Location", "/x")], body: Array("b".utf8))
        #expect(String(decoding: response.cgiBytes, as: UTF8.self) == "Status: 302 Found\r\nLocation: /x\r\n\r\nb")
    }

    @Test("A header's value cannot begin another header")
    func injection() {
        let response = Response(status: 204, headers: [.init("X", "a\r\nSet-Cookie: b\0c\u{7F}")])
        #expect(
            String(decoding: response.cgiBytes, as: UTF8.self) == "Status: 204 No Content\r\nX: aSet-Cookie: bc\r\n\r\n"
        )
    }
}
