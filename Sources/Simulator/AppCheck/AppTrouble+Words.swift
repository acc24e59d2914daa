package import Platform

extension AppTrouble {
    /// What is wrong, in the developer's words: a line, what was seen, and what to do.
    package func words(app: Origin, host: Origin) -> (title: String, detail: String, remedy: String) {
        switch self {
        case .unreachable(let failure): return Self.words(failure, app)
        case .launchRefused(let status, _):
            return (
                "The App refuses the launch: \(status)", "It answered the token with \(status), not with a redirect.",
                Self.remedy(launch: status)
            )
        case .pageRefused(let status, _):
            return (
                "The launch leads to an error: \(status)",
                "The App took the token, but the page that it redirects to answers \(status).",
                "Request that page as the last step below does, and look at the App’s log."
            )
        case .repeatsPost(let status):
            return (
                "The App redirects with \(status)", "With \(status), a browser posts the token once more.",
                "Answer the launch with 302."
            )
        case .leadsNowhere(let status):
            return (
                "The App redirects to nowhere",
                "It answered \(status) without a Location that is an address.",
                "Answer the launch with 302 and the page’s address."
            )
        case .leadsElsewhere(let place):
            return (
                "The App redirects to another origin",
                "The launch leads to \(place.map { "\($0)" } ?? "no web page"); this page shows only \(app) in the frame.",
                "Redirect to a page under \(app), or give the App URL the name that the App redirects to."
            )
        case .leadsInCircles:
            return (
                "The App redirects again and again", "After \(AppCheck.longestWay) redirects there still was no page.",
                "Does the page miss the cookie of the launch? In a frame it has to be SameSite=None; Secure; Partitioned."
            )
        case .answersWithPage:
            return (
                "The App answers the launch with a page", "It answered 200. Welkin asks for a redirect.",
                "Answer 302 with the page’s address, or a reload posts the old token again."
            )
        case .noPage(let status):
            return (
                "The App sends no page", "It answered \(status), with which a browser stays where it is.",
                "Answer the launch with 302 and the page’s address."
            )
        case .framingRefused(let refusal): return Self.words(refusal, host)
        case .download:
            return (
                "The App sends a download", "Its page is sent with Content-Disposition: attachment.",
                "Send the page without that header: Welkin’s sandbox allows no downloads."
            )
        case .emptyPage:
            return ("The App’s page is empty", "It was answered well, and holds not a byte.", "Look at the App’s log.")
        }
    }

    private static func words(_ refusal: FramingHeader, _ host: Origin) -> (String, String, String) {
        let title = "The App does not let this page show it"
        let detail = "It sends \(refusal.text), and this page is \(host)."
        return switch refusal {
        case .frameAncestors:
            (
                title, detail,
                "Name \(host) in frame-ancestors. With welkin-launch that is WELKIN_HOST_ORIGIN, and $welkin_host_origin in nginx."
            )
        case .xFrameOptions:
            (
                title, detail,
                "X-Frame-Options cannot name another site. Send Content-Security-Policy: frame-ancestors \(host) in its place."
            )
        }
    }

    private static func words(_ failure: ReachFailure, _ app: Origin) -> (String, String, String) {
        let place = "\(app.host):\(app.port)"
        let url = "the App URL (WELKIN_APP_URL)"
        return switch failure {
        case .refused:
            (
                "The App is not running", "Nothing listens at \(place): connection refused.",
                "Start the App. If it listens elsewhere, correct \(url)."
            )
        case .nameUnknown:
            (
                "The App’s host is not found", "This machine knows no address for \(app.host).",
                "Correct \(url), or look at this machine’s name servers and /etc/hosts."
            )
        case .noRoute, .connectTimedOut, .tlsTimedOut:
            (
                "The App’s host does not answer", "There is no connection to \(place).",
                "Look at host and port of \(url), and at the firewalls on the way."
            )
        case .silent(let limit):
            (
                "The App takes too long",
                "It has not answered within \(limit.components.seconds) s. Welkin asks for 1 s.",
                "Look at what the App does with a launch. Does it wait for a debugger, or for Welkin?"
            )
        case .certificate(let problem):
            (
                "The App’s certificate is not trusted", "The certificate of \(place) \(problem).",
                "In a frame nobody can accept it by hand: use one that the browser and this machine trust, or http on "
                    + "localhost. An authority of your own is named in SSL_CERT_FILE."
            )
        case .notTLS:
            (
                "The App does not speak TLS", "What \(place) answers is not TLS.",
                "Write http:// in \(url) where the App is on localhost, or correct the port."
            )
        case .tlsFailed:
            ("The TLS handshake fails", "\(place) and this program do not agree.", "Offer TLS 1.2 or 1.3.")
        case .reset: broken("\(place) broke the connection off.", url)
        case .closed: broken("\(place) closed the connection before the answer was whole.", url)
        case .notHTTP: broken("what \(place) answered is no HTTP.", url)
        case .other(let reason): broken("the connection to \(place) failed: \(reason).", url)
        }
    }

    private static func broken(_ detail: String, _ url: String) -> (String, String, String) {
        (
            "The App breaks off", detail.capitalizedFirst,
            "Look at the App’s log. If it speaks TLS, write https:// in \(url)."
        )
    }

    private static func remedy(launch status: Int) -> String {
        switch status {
        case 401: "Compare client id, secret and App URL (aud) on both sides. The App’s log should say what differs."
        case 403, 419:
            "Does the App’s framework ask for a CSRF token? Welkin sends none: exempt this route. Else compare client id, "
                + "secret and App URL (aud) on both sides."
        case 404: "Compare the path of the App URL (WELKIN_APP_URL) with the App’s routes."
        case 405, 501: "Let the App take POST at its App URL."
        case 400, 411, 415, 422:
            "Let the App take a form, application/x-www-form-urlencoded, with one field: token."
        default: "Look at the App’s log."
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
