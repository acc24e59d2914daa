import Hummingbird
import StrictJSON

/// A data route's answer.
struct DataAnswer: Sendable {
    let status: HTTPResponse.Status
    /// A JSON object.
    let body: [UInt8]

    /// - Parameter write: writes the object's members
    init(_ status: HTTPResponse.Status = .ok, _ write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object(write)
        self.status = status
        body = writer.bytes
    }

    /// - Parameter more: headers in addition to every answer's
    func response(_ more: HTTPFields = [:]) -> Response {
        response(more, ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// An answer with a head, but nothing of the promised body.
    func response(brokenOffBy close: @escaping @Sendable () async throws -> Void) -> Response {
        let broken = ResponseBody(contentLength: body.count) { _ in
            try await close()
            throw CancellationError()
        }
        return response([:], broken)
    }

    private func response(_ more: HTTPFields, _ body: ResponseBody) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        headers.append(contentsOf: more)
        return Response(status: status, headers: headers, body: body)
    }
}
