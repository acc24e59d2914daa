import CFastCGI
import Gateway
import Glibc
import Platform

/// What one thread needs to serve connections, one request at a time.
struct ConnectionHandler: ~Copyable {
    /// What is to become of a connection.
    enum Outcome {
        /// A request was answered, and the connection stays open.
        case answered
        /// Nothing has come.
        case idle
        case close
        /// libfcgi has closed it.
        case closed
    }

    /// So much of a body that is too large is taken before the connection is given up.
    private static let maximumDiscarded = 64 << 20

    private var reader = RequestReader()
    private var buffer: RequestBuffer
    private var received = [UInt8](repeating: 0, count: 16_384)
    /// The request that is arriving, as libfcgi will see it.
    private var request: [UInt8] = []
    private let program: String
    private let respond: (Request) -> Response
    private let threads: ActiveThreads

    /// - Parameter program: named in the log.
    init(
        program: String, threads: ActiveThreads, respond: @escaping (Request) -> Response
    ) throws(SocketError) {
        self.program = program
        self.threads = threads
        self.respond = respond
        buffer = try RequestBuffer()
    }

    /// Answers the request that has begun to arrive on `connection`, if one has.
    ///
    /// - Parameter isLast: asked when it is answered, whether to close the connection then.
    mutating func serve(_ connection: Int32, isLast: () -> Bool) -> Outcome {
        var guarding = RecordGuard()
        var started: Double?
        request.removeAll(keepingCapacity: request.capacity <= RequestBuffer.capacity)
        while true {
            let isFirst = guarding.isUntouched
            let (count, code) = receive(from: connection, mayWait: !isFirst)
            if count < 0, code == EINTR { continue }
            let isWaiting = count < 0 && code == EAGAIN && !isFirst
            guard count > 0 || isWaiting else { return ended(count, code, isFirst) }
            // From the second look on: bytes that come one by one are no reason to wait longer.
            if !isFirst {
                let limit = isLast() ? ConnectionOptions.lastPatience : ConnectionOptions.patience
                let start = started ?? Clock.monotonic
                started = start
                guard Clock.monotonic - start < limit else { return refuse(.timedOut) }
            }
            if isWaiting { continue }
            let bytes = received
            let verdict = guarding.consume(bytes.span.extracting(0..<count), into: &request)
            if case .refused(let refusal) = verdict { return refuse(refusal) }
            if let refusal = makeRoom(guarding) { return refuse(refusal) }
            if verdict == .complete { return answer(connection, guarding, isLast) }
        }
    }

    /// Receives what is there; what is not there yet, for a ``ConnectionOptions/tick`` at most.
    ///
    /// - Returns: as recv(2), with `errno`.
    private mutating func receive(from connection: Int32, mayWait: Bool) -> (count: Int, code: Int32) {
        unsafe received.withUnsafeMutableBytes { bytes in
            let count = unsafe recv(connection, bytes.baseAddress!, bytes.count, Int32(MSG_DONTWAIT))
            guard count < 0, errno == EAGAIN, mayWait else { return (count, errno) }
            // errno is taken at once: coming back to work may set another.
            return threads.whileWaiting { (unsafe recv(connection, bytes.baseAddress!, bytes.count, 0), errno) }
        }
    }

    /// Forgets the body when it is too large, or comes in so many records that it is.
    private mutating func makeRoom(_ guarding: RecordGuard) -> ConnectionRefusal? {
        let isTooLarge = guarding.bodyLength > Request.maximumBody
        guard isTooLarge || request.count > RequestBuffer.capacity - 8 else { return nil }
        guard guarding.headLength > 0 else { return .parametersTooLarge }
        guard isTooLarge else { return .bodyFragmented }
        guard guarding.bodyLength <= Self.maximumDiscarded else { return .bodyEndless }
        request.removeLast(max(0, request.count - guarding.headLength))
        return nil
    }

    private mutating func answer(_ connection: Int32, _ guarding: RecordGuard, _ isLast: () -> Bool) -> Outcome {
        var bodyLength: Int? = guarding.bodyLength
        if guarding.bodyLength > Request.maximumBody {
            // In its place an empty one: the record that ends a body (section 5.3).
            let id = guarding.requestID
            request += [UInt8(FCGI_VERSION_1), UInt8(FCGI_STDIN), UInt8(id >> 8), UInt8(id & 255), 0, 0, 0, 0]
            bodyLength = nil
        }
        buffer.write(request)
        switch reader.answer(on: connection, buffer, bodyLength: bodyLength, respond) {
        case .keep: return isLast() ? .close : .answered
        case .close: return .close
        case .broken:
            LogLine("fastcgi", of: program).with("outcome", "web_server_left").write()
            return .closed
        case .unreadable:
            buffer.forgetDescriptor()
            guard let fresh = try? RequestBuffer() else { fatalError("no memory for requests") }
            buffer = fresh
            return refuse(.unreadable)
        }
    }

    private func ended(_ count: Int, _ code: Int32, _ isFirst: Bool) -> Outcome {
        if count == 0 { return isFirst ? .close : refuse(.truncated) }
        if isFirst && code == EAGAIN { return .idle }
        return refuse(code == EAGAIN ? .timedOut : .broken)
    }

    private func refuse(_ refusal: ConnectionRefusal) -> Outcome {
        LogLine("fastcgi", of: program).with("outcome", "refused").with("reason", refusal.rawValue).write()
        return .close
    }
}
