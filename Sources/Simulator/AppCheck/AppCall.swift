import Platform
import Records

/// A request to the App, as a browser would send it for a frame in another site's page.
struct AppCall: Sendable {
    let method: String
    let url: String
    let headers: [(name: String, value: String)]
    /// The body of a POST.
    let form: String?

    /// - Parameter host: the origin of the page around the frame.
    init(_ request: AppVisit.Request, to app: AppAddress, from host: Origin) {
        var headers = [
            ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("referer", "\(host)/"),
            ("sec-fetch-dest", "iframe"), ("sec-fetch-mode", "navigate"), ("sec-fetch-site", "cross-site"),
            ("user-agent", "welkin-simulator (looks why a frame may be empty)"),
        ]
        switch request {
        case .launch(let token):
            (method, url, form) = ("POST", "\(app.place)\(app.path)", token.form)
            headers += [("origin", "\(host)"), ("content-type", "application/x-www-form-urlencoded")]
        case .page(let page, let cookies):
            (method, url, form) = ("GET", page, nil)
            if !cookies.isEmpty {
                let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                headers.append(("cookie", pairs.joined(separator: "; ")))
            }
        }
        self.headers = headers
    }
}
