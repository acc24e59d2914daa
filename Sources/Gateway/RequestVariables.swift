import Glibc

/// The meta-variables (RFC 3875, section 4.1) of one request that this project reads.
package struct RequestVariables {
    /// Their names; all other variables are ignored.
    enum Name: Int, CaseIterable {
        case requestMethod, requestURI, scriptName, pathInfo, queryString, contentType, contentLength
        case cookie, origin, accept, authorization, sessionHeader, originalMethod, app, launch
    }

    /// In the order of ``Name``.
    private static let names: [StaticString] = [
        "REQUEST_METHOD", "REQUEST_URI", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH",
        "HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_ACCEPT", "HTTP_AUTHORIZATION", "HTTP_X_WELKIN_SESSION",
        "HTTP_X_ORIGINAL_METHOD", "WELKIN_APP", "WELKIN_LAUNCH",
    ]

    private var values = [String?](repeating: nil, count: Name.allCases.count)

    /// Takes them from an environment: `NAME=VALUE` strings, with a null pointer after the last. The
    /// first value of a repeated variable counts.
    package init(environment: UnsafePointer<UnsafeMutablePointer<CChar>?>?) {
        guard var entry = unsafe environment else { return }
        while let text = unsafe entry.pointee {
            unsafe entry += 1
            guard let equals = unsafe strchr(text, Int32(UInt8(ascii: "="))) else { continue }
            let length = unsafe equals - text
            for (index, name) in Self.names.enumerated()
            where name.utf8CodeUnitCount == length && values[index] == nil {
                guard unsafe memcmp(name.utf8Start, text, length) == 0 else { continue }
                values[index] = unsafe String(cString: equals + 1)
            }
        }
    }

    /// The value; nil when the variable is missing.
    subscript(name: Name) -> String? { values[name.rawValue] }

    /// A header's value; nil also when it is empty, because gateways pass a missing header as empty.
    func header(_ name: Name) -> String? {
        let value = values[name.rawValue]
        return value?.isEmpty == true ? nil : value
    }
}
