import Platform

/// One HTTP response, to be written as a gateway expects it (RFC 3875, section 6).
package struct Response: Sendable, Equatable {
    /// The status code (RFC 9110, section 15).
    package var status: Int
    /// In the order sent; a name may appear twice (`Set-Cookie`).
    package var headers: [Header]
    /// The content, in the type that `Content-Type` names.
    package var body: [UInt8]

    /// One header field.
    package struct Header: Sendable, Equatable {
        /// The name as sent: `Content-Type`.
        package let name: String
        /// The value in UTF-8, without control characters.
        package let value: [UInt8]

        /// Drops control characters, so that no value can start another header.
        package init(_ name: String, _ value: String) {
            self.init(name, checked: value.utf8.filter { $0 >= 0x20 && $0 != 0x7F })
        }

        /// - Parameter value: consists of parts without control characters: tokens, checked paths.
        package init(_ name: String, checked value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// A response with exactly these headers.
    package init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header with this exact name.
    package subscript(name: String) -> String? {
        headers.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The response as CGI text: `Status`, the headers, an empty line, the body.
    package var cgiBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + headers.reduce(body.count) { $0 + $1.value.count })
        bytes.append("Status: ")
        bytes.append(String(status))
        bytes.append(" ")
        bytes.append(Self.reason(status))
        for header in headers {
            bytes.append("\r\n")
            bytes.append(header.name)
            bytes.append(": ")
            bytes += header.value
        }
        bytes.append("\r\n\r\n")
        bytes += body
        return bytes
    }

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
