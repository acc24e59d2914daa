import CFastCGI
import Gateway
import Glibc

/// libfcgi's state for one request at a time, on the heap because libfcgi keeps pointers to it.
@safe struct RequestReader: ~Copyable {
    enum Outcome {
        /// Answered; the web server wants to keep the connection.
        case keep
        /// Answered; the web server does not want to keep it.
        case close
        /// The connection broke, and libfcgi closed it.
        case broken
        /// libfcgi rejected the request and closed the buffer's descriptor.
        case unreadable
    }

    private let state: UnsafeMutablePointer<FCGX_Request>

    init() {
        unsafe state = .allocate(capacity: 1)
        // No listening socket, because ``Server`` accepts the connections. If libfcgi ever tries to
        // accept one, it fails at once instead of waiting.
        _ = unsafe FCGX_InitRequest(state, -1, 0)
    }

    deinit {
        unsafe FCGX_Free(state, 0)
        unsafe state.deallocate()
    }

    /// Reads a request that ``RecordGuard`` has found complete, and answers it.
    ///
    /// - Parameters:
    ///   - buffer: contains the request. libfcgi reads from it and writes to the connection.
    ///   - bodyLength: nil when the body was too large to keep.
    mutating func answer(
        on connection: Int32, _ buffer: borrowing RequestBuffer, bodyLength: Int?, _ respond: (Request) -> Response
    ) -> Outcome {
        // When libfcgi closes, it waits up to two seconds for the peer. `keepConnection` stops it
        // from closing; `detached` stops it from waiting when it closes after an error.
        unsafe state.pointee.ipcFd = buffer.descriptor
        unsafe state.pointee.keepConnection = 1
        unsafe state.pointee.detached = 1
        guard unsafe FCGX_Accept_r(state) == 0 else { return .unreadable }
        let wantsToKeep = unsafe state.pointee.keepConnection != 0
        unsafe state.pointee.keepConnection = 1
        let response = respond(request(bodyLength: bodyLength))
        unsafe state.pointee.ipcFd = connection
        write(response.cgiBytes)
        unsafe FCGX_Finish_r(state)
        let isBroken = unsafe state.pointee.ipcFd < 0
        unsafe state.pointee.ipcFd = -1
        if isBroken { return .broken }
        return wantsToKeep ? .keep : .close
    }

    private func request(bodyLength: Int?) -> Request {
        // The pointer, not `self`: a closure cannot capture a noncopyable value.
        let state = unsafe self.state
        let variables = unsafe RequestVariables(environment: state.pointee.envp)
        let request = Request(variables) { declared in
            guard let bodyLength else { return .tooLarge }
            guard declared == bodyLength else { return .lengthMismatch }
            return unsafe Self.body(of: declared, from: state)
        }
        // libfcgi would treat an unread end as an error.
        while unsafe FCGX_GetChar(state.pointee.in) >= 0 {}
        return request
    }

    private static func body(of length: Int, from state: UnsafeMutablePointer<FCGX_Request>) -> Request.Body {
        var count = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, written in
            guard length > 0 else { return }
            count = unsafe Int(
                FCGX_GetStr(
                    UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: CChar.self),
                    Int32(length), state.pointee.in))
            written = count
        }
        return count == length ? .bytes(bytes) : .lengthMismatch
    }

    private func write(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in
            _ = unsafe FCGX_PutStr(
                buffer.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
                state.pointee.out)
        }
    }
}
