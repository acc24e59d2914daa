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

    /// So much of a body that is too large is taken before the connection is given up.
    private static let maximumDiscarded = 64 << 20

    private var reader = RequestReader()
    private var buffer: RequestBuffer
    private let respond: (Request) -> Response

    init(respond: @escaping (Request) -> Response) throws(SocketError) {
        self.respond = respond
        buffer = try RequestBuffer()
    }

    /// Answers the request that has begun to arrive on `connection`, if one has.
    ///
    /// - Parameter isLast: asked when it is answered, whether to close the connection then.
    mutating func serve(_ connection: Int32, _ patience: Patience, isLast: () -> Bool) -> Outcome {
        var guarding = RecordGuard()
        var ticks = 0
        buffer.removeAll()
        while true {
            let isFirst = guarding.isUntouched
            let before = buffer.count
            let flags = isFirst && patience == .none ? MSG_DONTWAIT : 0
            let received = buffer.receive(from: connection, flags: Int32(flags))
            if received < 0, errno == EINTR { continue }
            if received < 0, errno == EAGAIN, !isFirst, ticks < ConnectionOptions.maximumTicks {
                ticks += 1
                continue
            }
            guard received > 0 else { return ended(received, errno, isFirst) }
            switch buffer.withBytes(from: before, { guarding.consume($0) }) {
            case .needMore:
                if let refusal = makeRoom(guarding) { return refuse(refusal) }
            case .complete: return answer(connection, guarding, isLast)
            case .refused(let refusal): return refuse(refusal.rawValue)
            }
        }
    }

    /// Forgets the beginning of a body that will not be kept anyway.
    private mutating func makeRoom(_ guarding: RecordGuard) -> String? {
        guard guarding.bodyLength > Request.maximumBody || buffer.isFull else { return nil }
        guard guarding.headLength > 0 else { return RecordGuard.Refusal.parametersTooLarge.rawValue }
        guard guarding.bodyLength <= Self.maximumDiscarded else { return "body_endless" }
        buffer.truncate(to: guarding.headLength)
        return nil
    }

    private mutating func answer(_ connection: Int32, _ guarding: RecordGuard, _ isLast: () -> Bool) -> Outcome {
        let isKept = guarding.bodyLength <= Request.maximumBody
        if !isKept {
            // In its place an empty one: the record that ends a body (section 5.3).
            buffer.truncate(to: guarding.headLength)
            let id = guarding.requestID
            buffer.append([1, 5, UInt8(id >> 8), UInt8(id & 255), 0, 0, 0, 0])
        }
        let length = isKept ? guarding.bodyLength : nil
        guard let keep = reader.answer(on: connection, buffer, bodyLength: length, respond) else {
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
}
