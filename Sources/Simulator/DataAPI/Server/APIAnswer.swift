import HTTPTypes
import Hummingbird
import NIOCore

/// An answer before faults are applied.
struct APIAnswer: Sendable {
    var status: Int
    var type = "application/json"
    var headers: HTTPFields = [:]
    var body: ByteBuffer

    init(_ status: Int, _ body: ByteBuffer) {
        self.status = status
        self.body = body
    }

    init(_ refusal: APIRefusal) {
        self.init(refusal.status, ByteBuffer(bytes: refusal.body))
    }

    /// `{"data": …}`
    init(data record: ByteBuffer) {
        var body = ByteBuffer()
        body.writeStaticString(#"{"data":"#)
        body.writeImmutableBuffer(record)
        body.writeStaticString("}")
        self.init(200, body)
    }

    /// The answer to a write by a client that may not read.
    init(id: GUID) {
        self.init(data: ByteBuffer(string: #"{"id":"\#(id.text)"}"#))
    }

    /// The answer to send; a replaced body keeps its own length in `Content-Length`.
    func response(_ body: ResponseBody? = nil) -> Response {
        var headers = headers
        headers[.contentType] = type
        headers[.currentVersion] = "v1"
        return Response(status: .init(code: status), headers: headers, body: body ?? .init(byteBuffer: self.body))
    }
}

extension HTTPField.Name {
    static let currentVersion = Self("X-Current-API-Version")!
    static let deprecated = Self("X-API-Deprecated")!
    static let discontinued = Self("X-API-Discontinued")!
}
