import CFastCGI
import Gateway
import Glibc
import Platform

/// One thread's state for serving connections, one request at a time.
struct ConnectionHandler: ~Copyable {
    /// What to do with a connection next.
    enum Outcome {
        /// A request was answered, and the connection stays open.
        case answered
        /// Nothing has arrived.
        case idle
        case close
        /// libfcgi closed it.
        case closed
    }

    /// How much of an oversized body is read before the connection is dropped.
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

    /// Answers the request that has started to arrive on `connection`, if any.
    ///
    /// - Parameter isLast: called after the answer; whether to close the connection then.
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
            // From the second read on: bytes that trickle in must not extend the wait.
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

    /// Receives the available bytes; waits for more for at most one ``ConnectionOptions/tick``.
    ///
    /// - Returns: as recv(2), with `errno`.
    private mutating func receive(from connection: Int32, mayWait: Bool) -> (count: Int, code: Int32) {
        unsafe received.withUnsafeMutableBytes { bytes in
            let count = unsafe recv(connection, bytes.baseAddress!, bytes.count, Int32(MSG_DONTWAIT))
            guard count < 0, errno == EAGAIN, mayWait else { return (count, errno) }
            // Read errno at once: becoming active again may overwrite it.
            return threads.whileWaiting { (unsafe recv(connection, bytes.baseAddress!, bytes.count, 0), errno) }
        }
    }

    /// Drops the body when it is too large, or has too many records to keep.
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
            // Replace it with an empty body: the record that ends a body (section 5.3).
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
