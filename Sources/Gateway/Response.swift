/// One HTTP response, to be written as a gateway expects it (RFC 3875, section 6).
public struct Response: Sendable, Equatable {
    public var status: Int
    public var headers: [Header]
    public var body: [UInt8]

    public struct Header: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name (as it was written).
    public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The response as CGI text: `Status`, the headers, an empty line, the body.
    ///
    /// No header can start another one: control characters in a value are left out.
    public var cgiBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024 + body.count)
        bytes += "Status: \(status) \(Self.reason(status))\r\n".utf8
        for header in headers {
            bytes += header.name.utf8
            bytes += ": ".utf8
            if header.value.utf8.contains(where: Self.isControl) {
                bytes += header.value.utf8.filter { !Self.isControl($0) }
            } else {
                bytes += header.value.utf8
            }
            bytes += "\r\n".utf8
        }
        bytes += "\r\n".utf8
        bytes += body
        return bytes
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    /// The reason phrase (RFC 9110, section 15) of the statuses that we use.
    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 302: "Found"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
