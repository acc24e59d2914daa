import Hummingbird
import StrictJSON

/// What a data route answers.
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

    /// Adds what every answer has to the headers.
    func response(_ more: HTTPFields = [:]) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        headers.append(contentsOf: more)
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
