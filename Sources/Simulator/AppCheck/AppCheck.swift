package import Platform

/// Launches the App as the page does, and inspects the answers that a page cannot see: a browser does not tell a page
/// that a frame stayed empty, or why.
package struct AppCheck: Sendable {
    /// At most this many pages per launch.
    static let longestWay = 4

    package let app: Origin
    /// The origin of the page around the frame.
    package let host: Origin
    /// Makes one request.
    let visit: @Sendable (AppVisit.Request) async -> AppVisit

    package init(app: Origin, host: Origin, visit: @escaping @Sendable (AppVisit.Request) async -> AppVisit) {
        self.app = app
        self.host = host
        self.visit = visit
    }

    /// Follows the launch's redirects, but only within the App's origin.
    package func launch(_ token: MintedToken) async -> AppReport {
        var visits = [await visit(.launch(token: token))]
        var cookies: [String: String] = [:]
        while visits.count <= Self.longestWay, let last = visits.last, let answer = last.answer {
            guard [301, 302, 303].contains(answer.status), let next = Redirect.target(of: answer, from: last.url),
                Origin.of(next) == app
            else { break }
            cookies.merge(Redirect.cookies(of: answer)) { _, new in new }
            // A fragment stays in the browser.
            visits.append(await visit(.page(String(next.prefix { $0 != "#" }), cookies: cookies)))
        }
        return AppReport(visits: visits, trouble: AppTrouble(visits, app: app, host: host), app: app, host: host)
    }
}
