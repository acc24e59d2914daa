import FoundationEssentials
package import Platform

/// Why the frame is empty, or does not show the App.
package enum AppTrouble: Sendable, Equatable {
    case unreachable(ReachFailure)
    /// The launch was answered with an error.
    case launchRefused(status: Int, hasPage: Bool)
    /// The page that the launch leads to was answered with an error.
    case pageRefused(status: Int, hasPage: Bool)
    /// 307 or 308: the browser posts the token again.
    case repeatsPost(status: Int)
    /// A redirect without a target.
    case leadsNowhere(status: Int)
    /// To an origin other than the App URL's; nil if the target is not a web page.
    case leadsElsewhere(Origin?)
    case leadsInCircles
    /// A page instead of the redirect that a launch requires.
    case answersWithPage
    /// A status that leaves a browser where it is.
    case noPage(status: Int)
    case framingRefused(FramingHeader)
    case download
    case emptyPage

    /// The first problem in the App's answers; nil if a browser shows the page.
    ///
    /// - Parameters:
    ///   - visits: the launch, then what it led to
    ///   - app: the App URL's origin
    ///   - host: the origin of the page around the frame
    package init?(_ visits: [AppVisit], app: Origin, host: Origin) {
        guard let last = visits.last else { return nil }
        switch last.outcome {
        case .failure(let failure): self = .unreachable(failure)
        case .answer(let answer):
            let trouble = Self.ofRedirect(answer, from: last.url, app) ?? Self.ofPage(answer, app, host)
            if let trouble {
                self = trouble
            } else if let status = Self.refused(answer) {
                self =
                    visits.count == 1
                    ? .launchRefused(status: status, hasPage: answer.hasBody)
                    : .pageRefused(status: status, hasPage: answer.hasBody)
            } else if visits.count == 1 {
                self = .answersWithPage
            } else {
                return nil
            }
        }
    }

    private static func ofRedirect(_ answer: AppAnswer, from url: String, _ app: Origin) -> AppTrouble? {
        switch answer.status {
        case 307, 308: return .repeatsPost(status: answer.status)
        case 301, 302, 303:
            guard let next = Redirect.target(of: answer, from: url) else {
                return .leadsNowhere(status: answer.status)
            }
            // Redirects within the App were followed up to the limit, so this one is a loop.
            return Origin.of(next) == app ? .leadsInCircles : .leadsElsewhere(Origin.of(next))
        case 300..<400: return .leadsNowhere(status: answer.status)
        default: return nil
        }
    }

    private static func ofPage(_ answer: AppAnswer, _ app: Origin, _ host: Origin) -> AppTrouble? {
        if answer.status == 204 || answer.status == 205 { return .noPage(status: answer.status) }
        if let refusal = FramingRules.refusal(of: answer, page: app, by: host) { return .framingRefused(refusal) }
        let disposition = answer.values(of: "content-disposition").first?.lowercased() ?? ""
        if disposition.hasPrefix("attachment") { return .download }
        return answer.hasBody || refused(answer) != nil ? nil : .emptyPage
    }

    private static func refused(_ answer: AppAnswer) -> Int? {
        200..<300 ~= answer.status ? nil : answer.status
    }

    /// Whether a browser shows nothing of the App.
    package var leavesFrameEmpty: Bool {
        switch self {
        case .launchRefused(_, let hasPage), .pageRefused(_, let hasPage): !hasPage
        case .repeatsPost, .answersWithPage: false
        default: true
        }
    }

    /// Whether a browser must see the same. It may know a name or a route (a proxy, say) that the simulator does not.
    package var isCertain: Bool {
        switch self {
        case .unreachable(.nameUnknown), .unreachable(.noRoute), .unreachable(.connectTimedOut): false
        default: true
        }
    }
}
