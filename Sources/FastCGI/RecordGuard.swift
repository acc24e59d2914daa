import CFastCGI

/// Validates one request's FastCGI records (FastCGI 1.0, sections 3 to 5) before libfcgi sees
/// them.
///
/// libfcgi trusts the web server: a crafted length makes it abort, and a long management record
/// overflows a buffer of 64 bytes on its stack. Only one complete, well-formed
/// responder request passes here, so that libfcgi neither fails nor waits. The guard is a pure
/// state machine, fed with bytes as they arrive.
package struct RecordGuard {
    /// The verdict on the bytes so far.
    package enum Verdict: Equatable {
        /// The request is not complete yet.
        case needMore
        /// The request is complete.
        case complete
        case refused(ConnectionRefusal)
    }

    private enum Phase { case begin, parameters, body, done }

    /// 64 KiB of variables: nginx's and Apache's own limits for headers are far below.
    package static let maximumParameters = 65_536

    private var phase = Phase.begin
    /// The request's number in its records.
    package private(set) var requestID: UInt16 = 0
    private var header = InlineArray<8, UInt8>(repeating: 0)
    private var headerCount = 0
    private var contentLeft = 0
    private var paddingLeft = 0
    private var beginBody = InlineArray<8, UInt8>(repeating: 0)
    private var parameterBytes = 0
    private var pairs = PairScanner()
    /// How many bytes of body have been announced so far.
    package private(set) var bodyLength = 0
    /// The number of kept bytes before the body; 0 until all of them have arrived.
    package private(set) var headLength = 0

    /// For one request, at its first byte.
    package init() {}

    /// Whether no byte has arrived: a connection that ends here was just idle.
    package var isUntouched: Bool {
        phase == .begin && headerCount == 0 && contentLeft == 0 && paddingLeft == 0
    }

    /// Takes the next bytes of the connection. After anything but `needMore`, the guard is finished.
    ///
    /// - Parameter request: receives the bytes without padding, because libfcgi 2.4.2 mistakes the padding of
    ///   some records for the next record.
    package mutating func consume(_ bytes: Span<UInt8>, into request: inout [UInt8]) -> Verdict {
        var index = 0
        while index < bytes.count {
            if phase == .done, paddingLeft == 0 { return .refused(.surplus) }
            if contentLeft > 0 {
                let count = min(contentLeft, bytes.count - index)
                if let refusal = consumeContent(bytes, index..<(index + count)) { return .refused(refusal) }
                unsafe bytes.extracting(index..<(index + count)).withUnsafeBufferPointer {
                    unsafe request.append(contentsOf: $0)
                }
                contentLeft -= count
                index += count
            } else if paddingLeft > 0 {
                let count = min(paddingLeft, bytes.count - index)
                paddingLeft -= count
                index += count
            } else {
                header[headerCount] = bytes[index]
                headerCount += 1
                index += 1
                guard headerCount == 8 else { continue }
                headerCount = 0
                if let refusal = startRecord() { return .refused(refusal) }
                header[6] = 0
                for position in 0..<8 { request.append(header[position]) }
                if phase == .body, headLength == 0 { headLength = request.count }
            }
        }
        return phase == .done && paddingLeft == 0 ? .complete : .needMore
    }

    private mutating func startRecord() -> ConnectionRefusal? {
        guard header[0] == UInt8(FCGI_VERSION_1) else { return .version }
        let id = UInt16(header[2]) << 8 | UInt16(header[3])
        contentLeft = Int(header[4]) << 8 | Int(header[5])
        paddingLeft = Int(header[6])
        // Management records (section 4): no current web server sends them, and libfcgi's answer to
        // a long one overflows its buffer.
        guard id != UInt16(FCGI_NULL_REQUEST_ID) else { return .management }
        switch (Int32(header[1]), phase) {
        case (FCGI_BEGIN_REQUEST, .begin):
            guard contentLeft == 8 else { return .order }
            requestID = id
        case (FCGI_PARAMS, .parameters):
            guard id == requestID else { return .order }
            parameterBytes += contentLeft
            guard parameterBytes <= Self.maximumParameters else { return .parametersTooLarge }
            if contentLeft == 0 {
                guard pairs.isBetweenPairs else { return .parameters }
                phase = .body
            }
        case (FCGI_STDIN, .body):
            guard id == requestID else { return .order }
            bodyLength += contentLeft
            if contentLeft == 0 { phase = .done }
        case (1...FCGI_UNKNOWN_TYPE, _): return .order
        default: return .type
        }
        return nil
    }

    private mutating func consumeContent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> ConnectionRefusal? {
        switch phase {
        case .begin:
            for index in range { beginBody[8 - contentLeft + (index - range.lowerBound)] = bytes[index] }
            guard contentLeft == range.count else { return nil }
            phase = .parameters
            let role = Int32(beginBody[0]) << 8 | Int32(beginBody[1])
            return role == FCGI_RESPONDER ? nil : .role
        case .parameters:
            return pairs.scan(bytes, range, limit: Self.maximumParameters) ? nil : .parameters
        case .body, .done:
            return nil
        }
    }
}
