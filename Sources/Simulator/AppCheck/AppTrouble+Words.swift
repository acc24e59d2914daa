package import Platform

extension AppTrouble {
    /// The problem for the developer: a title, what was seen, and the remedy.
    package func words(app: Origin, host: Origin) -> (title: String, detail: String, remedy: String) {
        switch self {
        case .unreachable(let failure): return Self.words(failure, app)
        case .launchRefused(let status, _):
            return (
                "The App refuses the launch: \(status)", "It answered the token with \(status), not a redirect.",
                Self.remedy(launch: status)
            )
        case .pageRefused(let status, _):
            return (
                "The launch leads to an error: \(status)",
                "The App accepted the token, but the page it redirects to answers \(status).",
                "Repeat the last step below, and check the App’s log."
            )
        case .repeatsPost(let status):
            return (
                "The App redirects with \(status)", "With \(status), a browser posts the token again.",
                "Answer the launch with 302."
            )
        case .leadsNowhere(let status):
            return (
                "The App’s redirect has no target",
                "It answered \(status) without a valid Location.",
                "Answer the launch with 302 and the page’s address."
            )
        case .leadsElsewhere(let place):
            return (
                "The App redirects to another origin",
                "The launch leads to \(place.map { "\($0)" } ?? "no web page"); this page shows only \(app) in the frame.",
                "Redirect to a page under \(app), or use the name that it redirects to in the App URL."
            )
        case .leadsInCircles:
            return (
                "The App keeps redirecting", "After \(AppCheck.longestWay) redirects there was still no page.",
                "Does the page miss the launch’s cookie? In a frame it must be SameSite=None; Secure; Partitioned."
            )
        case .answersWithPage:
            return (
                "The App answers the launch with a page", "It answered 200. Welkin requires a redirect.",
                "Answer 302 with the page’s address; otherwise a reload posts the old token again."
            )
        case .noPage(let status):
            return (
                "The App sends no page", "It answered \(status), which leaves a browser where it is.",
                "Answer the launch with 302 and the page’s address."
            )
        case .framingRefused(let refusal): return Self.words(refusal, host)
        case .download:
            return (
                "The App sends a download", "Its page is sent with Content-Disposition: attachment.",
                "Send the page without that header: Welkin’s sandbox allows no downloads."
            )
        case .emptyPage:
            return ("The App’s page is empty", "The response succeeds, but has no body.", "Check the App’s log.")
        }
    }

    private static func words(_ refusal: FramingHeader, _ host: Origin) -> (String, String, String) {
        let title = "The App does not allow this page to frame it"
        let detail = "It sends \(refusal.text), and this page is \(host)."
        return switch refusal {
        case .frameAncestors:
            (
                title, detail,
                "Add \(host) to frame-ancestors. With welkin-launch that is WELKIN_HOST_ORIGIN, and "
                    + "$welkin_host_origin in nginx."
            )
        case .xFrameOptions:
            (
                title, detail,
                "X-Frame-Options cannot name another site. Send instead Content-Security-Policy: "
                    + "frame-ancestors \(host)."
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
                "The App’s host is unknown", "This machine cannot resolve \(app.host).",
                "Correct \(url), or check this machine’s name servers and /etc/hosts."
            )
        case .noRoute, .connectTimedOut, .tlsTimedOut:
            (
                "The App’s host does not answer", "Cannot connect to \(place).",
                "Check host and port of \(url), and the firewalls on the way."
            )
        case .silent(let limit):
            (
                "The App takes too long",
                "It has not answered within \(limit.components.seconds) s. Welkin requires 1 s.",
                "Check what the App does at a launch. Does it wait for a debugger, or for Welkin?"
            )
        case .certificate(let problem):
            (
                "The App’s certificate is not trusted", "The certificate of \(place) \(problem).",
                "In a frame nobody can accept it manually: use one that the browser and this machine trust, or http on "
                    + "localhost. Name your own authority in SSL_CERT_FILE."
            )
        case .notTLS:
            (
                "The App does not speak TLS", "\(place) does not answer with TLS.",
                "Write http:// in \(url) if the App is on localhost, or correct the port."
            )
        case .tlsFailed:
            (
                "The TLS handshake fails", "\(place) and this program have no TLS version in common.",
                "Offer TLS 1.2 or 1.3."
            )
        case .reset: broken("\(place) reset the connection.", url)
        case .closed: broken("\(place) closed the connection before the response was complete.", url)
        case .notHTTP: broken("\(place) did not answer with HTTP.", url)
        case .other(let reason): broken("the connection to \(place) failed: \(reason).", url)
        }
    }

    private static func broken(_ detail: String, _ url: String) -> (String, String, String) {
        (
            "The connection to the App failed", detail.capitalizedFirst,
            "Check the App’s log. If it speaks TLS, write https:// in \(url)."
        )
    }

    private static func remedy(launch status: Int) -> String {
        switch status {
        case 401: "Compare client id, secret and App URL (aud) on both sides. The App’s log should show the difference."
        case 403, 419:
            "Does the App’s framework require a CSRF token? Welkin sends none: exempt this route. Otherwise compare "
                + "client id, secret and App URL (aud) on both sides."
        case 404: "Compare the path of the App URL (WELKIN_APP_URL) with the App’s routes."
        case 405, 501: "Make the App accept POST at its App URL."
        case 400, 411, 415, 422:
            "Make the App accept a form, application/x-www-form-urlencoded, with one field: token."
        default: "Check the App’s log."
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
