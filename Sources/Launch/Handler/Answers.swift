import Gateway
import StrictJSON

/// The forms of the handler's answers.
enum Answers {
    /// On every answer, because it concerns one moment and one person (RFC 9111, section 5.2.2.5).
    static let common = [
        Response.Header("Cache-Control", "no-store"),
        Response.Header("X-Content-Type-Options", "nosniff"),
    ]

    /// With 503: by then, an operator is fixing the problem (RFC 9110, section 10.2.3).
    static let retryLater = Response.Header("Retry-After", "60")

    static func empty(_ status: Int, _ headers: [Response.Header] = []) -> Response {
        Response(status: status, headers: common + headers)
    }

    static func json(_ status: Int, _ headers: [Response.Header] = [], _ members: (inout JSONWriter) -> Void)
        -> Response
    {
        var writer = JSONWriter()
        writer.object(members)
        return Response(
            status: status,
            headers: common + [
                Response.Header("Content-Type", "application/json"),
                Response.Header("Cross-Origin-Resource-Policy", "same-origin"),
            ] + headers,
            body: writer.bytes)
    }

    static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: status, headers: common + [Response.Header("Content-Type", type)], body: Array(text.utf8))
    }
}
