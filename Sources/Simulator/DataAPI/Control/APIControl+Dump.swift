import Hummingbird
import NIOCore

extension APIControl {
    /// A resource's current records, one per line, in the order of their last change.
    func dump(_ request: Request) throws -> Response {
        let query = FormText.fields(request.uri.query ?? "") ?? []
        guard let name = query.first(where: { $0.name == "resource" })?.value,
            let table = provider.with({ $0.source(name) == nil ? nil : $0[table: name] })
        else { throw ControlProblem("resource is missing or unknown") }
        let body = ResponseBody { writer in
            var buffer = ByteBuffer()
            for position in 0..<table.count {
                buffer.writeImmutableBuffer(table.bytes(table.ordinal(at: position)))
                buffer.writeStaticString("\n")
                if buffer.readableBytes > 1 << 18 {
                    try await writer.write(buffer)
                    buffer = ByteBuffer()
                }
            }
            try await writer.write(buffer)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/x-ndjson"], body: body)
    }
}
