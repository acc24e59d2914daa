import DataAPI
import Replica
package import Sync

/// The reason of a failure and its remedy, in sentences for people.
package struct FailureAdvice: Hashable, Sendable {
    /// The problem.
    package let sentence: String
    /// The remedy.
    package let remedy: String
    /// Whether it may resolve by itself.
    package let isTransient: Bool

    package init(_ failure: StreamFailure) {
        switch failure {
        case .api(let error): self.init(error)
        case .store(let error): self.init(Words.sentence("\(error)."), Words.sentence("\(error.remedy)."))
        case .neverPulled:
            self.init("There is nothing to compare yet.", "Let `welkin-worker sync` finish its first pull.")
        case .notDue(let time):
            self.init(
                "Nothing is due for another \(Words.span(time)): this machine's clock is behind, or "
                    + "WELKIN_SYNC_SETTLE was raised.", "Let NTP set the clock; each run tries again.")
        case .stuck, .unclearLink, .circle, .endless, .unexpected:
            self.init(
                Words.sentence("\(failure)."), "\(Self.later) If it persists, report it with this message.",
                isTransient: true)
        }
    }

    private static let later = "The next run tries again."

    private init(_ error: DataAPIError) {
        let status = error.status.map { " (status \($0))" } ?? ""
        switch error.code {
        case .credentialsRefused:
            self.init(
                "Welkin refuses the client id, its secret or the scopes.",
                "Check WELKIN_DATA_CLIENT_ID, its secret and WELKIN_DATA_SCOPES; `welkin-worker check` tests them.")
        case .unauthorized:
            self.init(
                "Welkin refuses the access token, even a new one.",
                "Check the client's rights and this machine's clock: `welkin-worker check`.")
        case .forbidden:
            self.init(
                "Welkin does not allow it\(status).",
                "Ask Welkin for the scope, or leave the resource out of WELKIN_RESOURCES.")
        case .notFound:
            self.init("Welkin does not have it\(status).", "Check the name; `welkin-worker schema` lists known ones.")
        case .tooManyRequests:
            self.init(
                "Welkin asks for fewer requests\(status).",
                "Lower WELKIN_DATA_REQUESTS_PER_SECOND if it persists. \(Self.later)", isTransient: true)
        case .serverError:
            self.init("Welkin answers with a server error\(status).", Self.later, isTransient: true)
        case .redirected, .notJSON:
            self.init(
                "Something other than the API answers\(status).",
                "Check WELKIN_DATA_API_URL, and look for a proxy or portal in between.")
        case .timedOut, .connection:
            self.init(
                Words.sentence("\(error.cause?.description ?? "Welkin cannot be reached")."),
                Words.sentence(
                    "\(error.cause?.remedy ?? "check WELKIN_DATA_API_URL and the network"). \(Self.later)"),
                isTransient: true)
        default:
            self.init(
                Words.sentence("\(error)."), "\(Self.later) If it persists, report it with this message.",
                isTransient: true)
        }
    }

    private init(_ sentence: String, _ remedy: String, isTransient: Bool = false) {
        self.sentence = sentence
        self.remedy = remedy
        self.isTransient = isTransient
    }
}

extension FailureAdvice {
    /// A paragraph for each reason, with the streams that failed for it; empty if none failed.
    static func text(_ ends: [(stream: StreamID, outcome: Outcome)], width: Int, paint: Paint) -> String {
        var reasons: [(advice: FailureAdvice, subjects: [String])] = []
        for (stream, outcome) in ends {
            guard let failure = outcome.failure else { continue }
            let advice = FailureAdvice(failure)
            if let index = reasons.firstIndex(where: { $0.advice == advice }) {
                reasons[index].subjects.append(stream.description)
            } else {
                reasons.append((advice, [stream.description]))
            }
        }
        return reasons.map { advice, subjects in
            let who = subjects.count == ends.count && ends.count > 3 ? "All of them" : Words.list(subjects, limit: 5)
            return paint(Paragraph.text("\(who) failed: \(advice.sentence)", indent: 2, width: width), .bad)
                + Paragraph.text(advice.remedy, indent: 4, width: width)
        }.joined()
    }
}
