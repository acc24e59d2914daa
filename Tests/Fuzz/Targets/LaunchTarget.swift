import Gateway
import Launch
import Platform
import StrictJSON
import Synchronization

/// The whole handler: any request, with good tokens, changed ones, or none.
struct LaunchTarget {
    private static let statuses: Set = [200, 204, 302, 400, 401, 403, 404, 405, 413, 415, 503]

    private let handler: LaunchHandler
    private let log = Log()
    private let credentials: LaunchInput.Credentials
    /// `/a/main/LAUNCH/`, of the one launch that the good tokens are for.
    private let folder: String
    private let secrets: [[UInt8]]

    init() {
        let fixtures = Fixtures()
        let (settings, log) = (fixtures.settings, log)
        handler = LaunchHandler(settings: { _ in settings }, log: { log.add($0.description) })
        let form = Request(
            method: "POST", path: "/launch", contentType: "application/x-www-form-urlencoded",
            body: .bytes(Array("token=".utf8) + fixtures.launchToken))
        let response = handler.respond(to: form, now: Fixtures.now)
        guard let location = response["Location"], let cookie = response["Set-Cookie"],
            let fragment = location.firstRange(of: "#handoff="), let value = cookie.split(separator: ";").first
        else { fatalError("the fixtures' token launches nothing: \(response.status)") }
        folder = String(location[..<fragment.lowerBound].dropFirst("https://app.example".count))
        credentials = LaunchInput.Credentials(
            launchToken: fixtures.launchToken, session: Array(value.utf8.dropFirst("__Secure-welkin=".utf8.count)),
            handoff: Array(location[fragment.upperBound...].utf8))
        secrets =
            [Fixtures.patient, Fixtures.worker, Fixtures.secret, Fixtures.sessionKey].map { Array($0.utf8) }
            + [credentials.launchToken, credentials.session, credentials.handoff]
    }

    func run(_ bytes: [UInt8]) {
        log.clear()
        let input = LaunchInput(bytes, credentials)
        var request = input.request
        // `*` stands for the one launch's folder, and for its name.
        if request.path.hasPrefix("*") { request.path = folder + request.path.dropFirst() }
        if request.subrequest.launch == "*" { request.subrequest.launch = String(folder.split(separator: "/").last!) }
        let response = handler.respond(to: request, now: Fixtures.now + input.delay)
        checkForm(response)
        checkSilence(response)
        checkRights(request, response, input.delay)
    }

    /// The answer is one of those that we give, and a web server can read it.
    private func checkForm(_ response: Response) {
        require(Self.statuses.contains(response.status), "a status that we use: \(response.status)")
        require(response["Cache-Control"] == "no-store", "no answer is stored")
        let text = response.cgiBytes
        let head = text.dropLast(response.body.count)
        let ends = head.filter { $0 == UInt8(ascii: "\n") }.count
        require(ends == response.headers.count + 2 && head.suffix(4) == [13, 10, 13, 10], "a header is a line")
        if response["Content-Type"] == "application/json" {
            require((try? JSONDocument(parsing: response.body)) != nil, "JSON is JSON")
        }
    }

    /// Refusals and the log say nothing about anybody.
    private func checkSilence(_ response: Response) {
        var said = log.lines.map { Array($0.utf8) }
        for line in said { require(!line.contains { $0 < 0x20 }, "an entry of the log is a line") }
        if response.status >= 400 {
            said.append(response.body)
            said += response.headers.map(\.value)
        }
        for text in said {
            for secret in secrets { require(!contains(text, secret), "nothing identifying is said, and no token") }
        }
    }

    /// Nobody is let in without one of the good tokens, to the letter and in time.
    private func checkRights(_ request: Request, _ response: Response, _ delay: Int64) {
        let shows = shows(request)
        switch response.status {
        case 302:
            let form: [UInt8] = if case .bytes(let bytes) = request.body { bytes } else { [] }
            let tokens = Form(parsing: form)?.values("token")
            require(tokens == [credentials.launchToken] && request.path == "/launch", "a launch has the good token")
            require(request.method == "POST" && delay < 630 && delay >= -30, "… in time")
        case 204 where request.method == "DELETE" && request.path == folder + "session":
            require(shows && delay < 900 && request.origin == "https://app.example", "an end needs a session")
        case 204:
            require(request.path == "/_authorize" && shows && delay < 900, "a permission needs a session")
            let isSafe = ["GET", "HEAD", "OPTIONS"].contains(request.subrequest.originalMethod)
            require(isSafe || request.origin == "https://app.example", "… and the App's own origin")
            require(request.subrequest.app == "main" && response["X-Welkin-App"] == "main", "… of this App")
            require(response["X-Welkin-Patient"] == Fixtures.patient, "… and says for whom")
        case 200 where !["/healthz", "/metrics"].contains(request.path):
            require(request.path == folder + "session", "a session is shown where it belongs")
            if request.method == "POST" {
                require(request.origin == "https://app.example", "a session is renewed by the App")
                require(shows && delay < 900 || exchanges(request) && delay < 60, "… that shows it")
            } else {
                require(shows && delay < 900, "a session is shown to those who have it")
            }
        default: break
        }
        let isAllowed = [200, 204, 302].contains(response.status)
        require(isAllowed || response["Set-Cookie"] == nil, "a refusal sets no cookie")
    }

    private func shows(_ request: Request) -> Bool {
        var shown = [request.sessionHeader ?? "", String((request.authorization ?? "").dropFirst(7))].map {
            Array($0.utf8)
        }
        for pair in (request.cookie ?? "").utf8.split(separator: UInt8(ascii: ";")) {
            shown.append(Array(pair.drop { $0 == 0x20 || $0 == 0x09 }.dropFirst("__Secure-welkin=".utf8.count)))
        }
        return shown.contains(credentials.session)
    }

    private func exchanges(_ request: Request) -> Bool {
        guard case .bytes(let bytes) = request.body else { return false }
        let handoff = FoundationOracle.object(bytes)?["handoff"] as? String
        return handoff?.utf8.elementsEqual(credentials.handoff) == true
    }

    private final class Log: Sendable {
        private let storage = Mutex<[String]>([])
        func add(_ line: String) { storage.withLock { $0.append(line) } }
        func clear() { storage.withLock { $0 = [] } }
        var lines: [String] { storage.withLock { $0 } }
    }
}
