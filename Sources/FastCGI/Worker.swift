internal import Gateway
internal import Glibc

/// What one thread needs to serve connections, one request at a time.
struct Worker: ~Copyable {
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

    /// How long to wait for a request to begin.
    enum Patience {
        case none
        /// One ``ConnectionOptions/tick``.
        case short
    }

    private var reader = RequestReader()
    private var buffer = [UInt8](repeating: 0, count: 16_384)
    private let respond: (Request) -> Response

    init(respond: @escaping (Request) -> Response) { self.respond = respond }

    /// Answers the request that has begun to arrive on `connection`, if one has.
    ///
    /// - Parameter isLast: asked when it is answered, whether to close the connection then.
    mutating func serve(_ connection: Int32, _ patience: Patience, isLast: () -> Bool) -> Outcome {
        var guarding = RecordGuard(maximumBody: Request.maximumBody)
        var ticks = 0
        while true {
            let isFirst = guarding.isUntouched
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                let flags = Int32(MSG_PEEK | (isFirst && patience == .none ? MSG_DONTWAIT : 0))
                return unsafe recv(connection, bytes.baseAddress!, bytes.count, flags)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN, !isFirst, ticks < ConnectionOptions.maximumTicks {
                ticks += 1
                continue
            }
            guard count > 0 else { return ended(count, errno, isFirst) }
            switch guarding.consume(buffer.span.extracting(0..<count)) {
            case .needMore: continue
            case .complete(let length): return answer(connection, length, isLast)
            case .bodyTooLarge:
                guard reader.answer(on: connection, bodyLength: nil, respond) != nil else { return .closed }
                discardInput(connection)
                return .close
            case .refused(let refusal): return refuse(refusal.rawValue)
            }
        }
    }

    private mutating func answer(_ connection: Int32, _ length: Int, _ isLast: () -> Bool) -> Outcome {
        guard let keep = reader.answer(on: connection, bodyLength: length, respond) else {
            LogLine("fastcgi").with("outcome", "web_server_left").write()
            return .closed
        }
        return keep && !isLast() ? .answered : .close
    }

    private func ended(_ count: Int, _ code: Int32, _ isFirst: Bool) -> Outcome {
        if count == 0 { return isFirst ? .close : refuse("record_truncated") }
        if isFirst && code == EAGAIN { return .idle }
        return refuse(code == EAGAIN ? "timed_out" : "connection_broken")
    }

    private func refuse(_ reason: String) -> Outcome {
        LogLine("fastcgi").with("outcome", "refused").with("reason", reason).write()
        return .close
    }

    /// The web server may read our answer only when it has sent everything. What it still sends
    /// is thrown away, for a while, so that it does not take the closing for an error.
    private mutating func discardInput(_ connection: Int32) {
        _ = shutdown(connection, Int32(SHUT_WR))
        for _ in 0..<4096 {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe recv(connection, bytes.baseAddress!, bytes.count, 0)
            }
            guard count > 0 else { return }
        }
    }
}
