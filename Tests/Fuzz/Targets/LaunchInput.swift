import Gateway

/// A request out of an input: the fields of a request, one a line, then the body.
///
/// Bytes 1 to 6 stand for what no mutation would ever hit upon: good tokens. With 3 + n, the two
/// bytes behind it say which byte of the token is changed, and how.
struct LaunchInput {
    struct Credentials {
        let launchToken, session, handoff: [UInt8]
    }

    let request: Request
    /// Seconds since the good tokens were made.
    let delay: Int64

    private static let delays: [Int64] = [0, 1, 59, 60, 61, 629, 630, 899, 900, 28_799, 28_800, -31, 1 << 40]

    init(_ bytes: [UInt8], _ credentials: Credentials) {
        var input = InputReader(bytes)
        delay = Self.delays[Int(input.byte()) % Self.delays.count]
        var lines = Self.expanded(&input, credentials).split(
            separator: UInt8(ascii: "\n"), maxSplits: 12, omittingEmptySubsequences: false)
        func line() -> String { lines.isEmpty ? "" : String(decoding: lines.removeFirst(), as: UTF8.self) }
        func optional() -> String? {
            let text = line()
            return text.isEmpty ? nil : text
        }
        var request = Request(method: line(), path: line(), query: line())
        request.contentType = optional()
        request.cookie = optional()
        request.origin = optional()
        request.accept = optional()
        request.authorization = optional()
        request.sessionHeader = optional()
        request.subrequest = Request.Subrequest(originalMethod: optional(), app: optional(), launch: optional())
        request.body = Self.body(lines.first)
        self.request = request
    }

    private static func body(_ rest: ArraySlice<UInt8>?) -> Request.Body {
        guard let rest else { return .undeclared }
        // A last line of one such letter: what a gateway says when the body cannot be had.
        switch rest {
        case [UInt8(ascii: "!")]: return .invalidLength
        case [UInt8(ascii: "?")]: return .lengthMismatch
        case [UInt8(ascii: "^")]: return .tooLarge
        default: return .bytes(Array(rest))
        }
    }

    private static func expanded(_ input: inout InputReader, _ credentials: Credentials) -> [UInt8] {
        let tokens = [credentials.launchToken, credentials.session, credentials.handoff]
        var bytes: [UInt8] = []
        while !input.rest.isEmpty {
            let byte = input.byte()
            guard (1...6).contains(byte) else {
                bytes.append(byte)
                continue
            }
            var token = tokens[Int(byte - 1) % 3]
            if byte > 3 {
                let place = Int(input.byte()) * token.count / 256
                token[place] ^= input.byte()
            }
            bytes += token
        }
        return bytes
    }
}
