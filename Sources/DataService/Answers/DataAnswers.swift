import Gateway
import Platform
import StrictJSON

/// The forms of the service's answers.
enum DataAnswers {
    /// On every answer, because it concerns one moment and one person (RFC 9111, section 5.2.2.5).
    private static let common = [
        Response.Header("Cache-Control", "no-store"),
        Response.Header("X-Content-Type-Options", "nosniff"),
        Response.Header("Cross-Origin-Resource-Policy", "same-origin"),
        Response.Header("Content-Type", "application/json"),
    ]

    static func json(_ body: [UInt8], status: Int = 200, _ headers: [Response.Header] = []) -> Response {
        Response(status: status, headers: common + headers, body: body)
    }

    static func text(_ text: String, type: String) -> Response {
        Response(
            status: 200, headers: [common[0], common[1], Response.Header("Content-Type", type)], body: Array(text.utf8))
    }

    /// - Parameter id: the reference that is also in the log
    static func refused(_ refusal: DataRefusal, id: String) -> Response {
        var writer = JSONWriter()
        writer.object { json in
            json.member("error", refusal.code)
            if let detail = refusal.detail { json.member("detail", detail) }
            json.member("id", id)
        }
        return json(writer.bytes, status: refusal.status, refusal.headers)
    }
}
