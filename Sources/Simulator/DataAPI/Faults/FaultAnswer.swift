import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// The effects of rules on an answer.
enum FaultAnswer {
    /// The answer in place of the normal one.
    ///
    /// - Parameter now: microseconds since 1970, for a Retry-After that is a date
    static func answer(_ rule: FaultRule, now: Int64) -> APIAnswer {
        if rule.fault == .html {
            var answer = APIAnswer(
                rule.status ?? 200,
                ByteBuffer(string: "<!doctype html><title>Please wait</title><h1>Please wait</h1>\n"))
            answer.type = "text/html; charset=utf-8"
            return answer
        }
        let status = rule.status ?? 503
        let body = APIRefusal.body(status: status, code: code(status), detail: "The simulator was told to fail this.")
        var answer = APIAnswer(status, ByteBuffer(bytes: body))
        if let text = rule.retryAfter {
            let seconds = text.hasPrefix("date:") ? Int32(text.dropFirst(5)) : nil
            answer.headers[.retryAfter] =
                seconds.map { HTTPDate.text(Instant(microseconds: now + Int64($0) * .second)) } ?? text
        }
        return answer
    }

    private static func code(_ status: Int) -> String {
        switch status {
        case 401: "unauthorized"
        case 403: "forbidden"
        case 404: "not_found"
        case 429: "too_many_requests"
        case 400..<500: "bad_request"
        case 503: "service_unavailable"
        default: "internal_server_error"
        }
    }

    /// Changes that keep the answer whole.
    static func mark(_ answer: inout APIAnswer, _ rule: FaultRule) {
        switch rule.fault {
        case .deprecated: answer.headers[.deprecated] = "true"
        case .discontinued: answer.headers[.discontinued] = "true"
        case .badJSON: answer.body = ByteBuffer(string: #"{"data":[{"id":"#)
        default: break
        }
    }

    /// The answer, sent as the first rule about sending demands.
    static func response(_ answer: APIAnswer, _ rules: [FaultRule], _ channel: any Channel) -> Response {
        for rule in rules {
            switch rule.fault {
            case .resetWithin: return answer.response(BrokenBody.half(answer.body, channel, resets: true))
            case .truncated: return answer.response(BrokenBody.half(answer.body, channel, resets: false))
            case .resetAfter: return answer.response(BrokenBody.whole(answer.body, channel))
            case .slow:
                let pause = Duration.milliseconds(rule.milliseconds ?? 100)
                return answer.response(BrokenBody.slow(answer.body, pause: pause))
            default: break
            }
        }
        return answer.response()
    }
}

extension HTTPField.Name {
    fileprivate static let retryAfter = Self("Retry-After")!
}
