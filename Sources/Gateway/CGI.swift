import CLinux
import Glibc
import Platform

/// One request by the Common Gateway Interface (RFC 3875): meta-variables in the environment, the
/// body on standard input, the answer on standard output.
package enum CGI {
    /// Whether a web server started this process as a CGI program; not every server sets the
    /// standard's own variable.
    package static var isRequest: Bool {
        unsafe getenv("GATEWAY_INTERFACE") != nil || getenv("REQUEST_METHOD") != nil
    }

    /// Answers the process's one request.
    ///
    /// - Returns: false when the answer could not be written, because the server went away.
    package static func run(_ respond: (Request) -> Response) -> Bool {
        let exchange = Exchange()
        return exchange.finish(respond(exchange.request))
    }

    /// The process's one request, for a program that cannot answer it within one function. (None of this is `async`:
    /// that would bring Swift's concurrency into `welkin-launch`, which starts a quarter more slowly with it.)
    package struct Exchange {
        package let request: Request
        private let variables: RequestVariables

        /// Reads the request.
        package init() {
            variables = unsafe RequestVariables(environment: welkin_environment())
            request = Request(variables, read: readBody)
        }

        /// Writes the answer. Call it once.
        ///
        /// - Returns: false when the answer could not be written, because the server went away.
        package func finish(_ response: Response) -> Bool {
            // If this process ends while the web server still sends the body, the server truncates or replaces the
            // answer.
            switch request.body {
            case .tooLarge: passOverBody(declared: variables.header(.contentLength).flatMap { Int($0) })
            case .invalidLength: passOverBody()
            case .undeclared where request.method == "POST": passOverBody()
            case .undeclared, .bytes, .lengthMismatch: break
            }
            return (try? Descriptor.write(response.cgiBytes, to: 1)) != nil
        }
    }

    /// Reads an unwanted body to its end and discards it: at most 8 MiB, more than anybody sends by mistake. If its
    /// length is unknown, 5 seconds without a byte count as the end, because the server may leave the pipe open.
    private static func passOverBody(declared: Int? = nil) {
        var left = min(declared ?? .max, 8 << 20)
        unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            while left > 0 {
                var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
                let ready = unsafe poll(&input, 1, 5000)
                if ready < 0, errno == EINTR { continue }
                guard ready > 0 else { return }
                let count = unsafe read(0, buffer.baseAddress!, min(buffer.count, left))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                left -= count
            }
        }
    }

    /// Reads exactly the declared length, because a server may leave the pipe open after it (section 4.2).
    private static func readBody(_ length: Int) -> Request.Body {
        guard let bytes = try? Descriptor.read(0, limit: length), bytes.count == length else { return .lengthMismatch }
        return .bytes(bytes)
    }
}
