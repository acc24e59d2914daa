import Records
import Foundation
import Platform
import Simulator
import Synchronization
import Testing

@Suite("A look at the App")
struct AppCheckTests {
    private static let app = Origin.of("https://app.example")!
    private static let host = Origin.of("http://welkin.localhost:8481")!
    private static let allowed = ("Content-Security-Policy", "frame-ancestors \(host)")
    private static let page = AppAnswer(status: 200, headers: [allowed])

    /// What is answered to one request after the other, and what they were.
    private final class Answers: Sendable {
        private let left: Mutex<[AppVisit.Outcome]>
        private let made = Mutex<[AppVisit.Request]>([])
        var requests: [AppVisit.Request] { made.withLock { $0 } }

        init(_ outcomes: [AppVisit.Outcome]) { left = Mutex(outcomes) }

        func visit(_ request: AppVisit.Request) -> AppVisit {
            made.withLock { $0.append(request) }
            let outcome = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return switch request {
            case .launch:
                AppVisit(method: "POST", url: "https://app.example/launch", outcome: outcome, time: .milliseconds(20))
            case .page(let url, _): AppVisit(method: "GET", url: url, outcome: outcome, time: .milliseconds(4))
            }
        }
    }

    private func look(_ answers: AppAnswer...) async -> (report: AppReport, pages: [String]) {
        let answers = Answers(answers.map { .answer($0) })
        let check = AppCheck(app: Self.app, host: Self.host) { answers.visit($0) }
        let report = await check.launch(Sample.token())
        let pages = answers.requests.compactMap { request in
            if case .page(let url, _) = request { url } else { nil }
        }
        return (report, pages)
    }

    private static func redirect(_ location: String, _ status: Int = 302, _ more: (String, String)...) -> AppAnswer {
        AppAnswer(status: status, headers: [("Location", location)] + more, hasBody: false)
    }

    @Test(
        "finds nothing wrong where the launch leads to a page that may be framed",
        arguments: ["/page", "page", "https://app.example/page", "https://APP.example:443/page", "//app.example/page"])
    func good(location: String) async {
        for status in [301, 302, 303] {
            let (report, pages) = await look(Self.redirect(location, status), Self.page)
            #expect(report.trouble == nil)
            #expect(pages.count == 1 && pages[0].hasSuffix("/page"))
        }
    }

    @Test("goes on over several pages, and leaves the fragment in the browser")
    func way() async {
        let (report, pages) = await look(Self.redirect("/a#secret"), Self.redirect("/a/"), Self.page)
        #expect(report.trouble == nil)
        #expect(pages == ["https://app.example/a", "https://app.example/a/"])
    }

    @Test("brings along the cookies that were set on the way, and the newest of a name")
    func cookies() async {
        let answers = Answers([
            .answer(Self.redirect("/a", 302, ("Set-Cookie", "one=1; Path=/; HttpOnly"), ("set-cookie", "two=a=b"))),
            .answer(Self.redirect("/b", 302, ("Set-Cookie", "one=3"))), .answer(Self.page),
        ])
        _ = await AppCheck(app: Self.app, host: Self.host) { answers.visit($0) }.launch(Sample.token())
        let sent = answers.requests.compactMap { request in
            if case .page(_, let cookies) = request { cookies } else { nil }
        }
        #expect(sent == [["one": "1", "two": "a=b"], ["one": "3", "two": "a=b"]])
    }

    @Test(
        "never leaves the App's origin, wherever the App sends it",
        arguments: [
            ("https://elsewhere.example/page", "https://elsewhere.example"),
            ("http://app.example/page", "http://app.example"),
            ("https://app.example:8443/", "https://app.example:8443"),
            ("//127.0.0.1:22/", "https://127.0.0.1:22"),
            ("https://app.example@127.0.0.1/", nil),
            ("file:///etc/passwd", nil),
            ("javascript:alert(1)", nil),
            ("https://app.example.evil.example/", "https://app.example.evil.example"),
        ])
    func elsewhere(location: String, origin: String?) async {
        let (report, pages) = await look(Self.redirect(location), Self.page)
        #expect(pages == [])
        #expect(report.trouble == .leadsElsewhere(origin.flatMap(Origin.of)))
    }

    @Test("gives up on a way without an end")
    func circle() async {
        let (report, pages) = await look(Self.redirect("/again"))
        #expect(report.trouble == .leadsInCircles)
        #expect(pages.count == 4)
    }

    /// What is answered, what is wrong with that, and whether a browser shows nothing of the App's.
    private static let troubles: [(answers: [AppAnswer], trouble: AppTrouble, isEmpty: Bool)] = [
        ([AppAnswer(status: 401, headers: [allowed])], .launchRefused(status: 401, hasPage: true), false),
        ([AppAnswer(status: 404, hasBody: false)], .launchRefused(status: 404, hasPage: false), true),
        ([redirect("/p"), AppAnswer(status: 500)], .pageRefused(status: 500, hasPage: true), false),
        ([redirect("/p", 307)], .repeatsPost(status: 307), false),
        ([redirect("/p", 308)], .repeatsPost(status: 308), false),
        ([redirect("")], .leadsNowhere(status: 302), true),
        ([AppAnswer(status: 302)], .leadsNowhere(status: 302), true),
        ([AppAnswer(status: 304)], .leadsNowhere(status: 304), true),
        ([page], .answersWithPage, false),
        ([AppAnswer(status: 204, hasBody: false)], .noPage(status: 204), true),
        ([redirect("/p"), AppAnswer(status: 205, hasBody: false)], .noPage(status: 205), true),
        (
            [redirect("/p"), AppAnswer(status: 200, headers: [("X-Frame-Options", "DENY")])],
            .framingRefused(.xFrameOptions("DENY")), true
        ),
        (
            [AppAnswer(status: 401, headers: [("Content-Security-Policy", "frame-ancestors 'none'")])],
            .framingRefused(.frameAncestors("'none'")), true
        ),
        (
            [redirect("/p"), AppAnswer(status: 200, headers: [("Content-Disposition", "Attachment; filename=a")])],
            .download, true
        ),
        ([redirect("/p"), AppAnswer(status: 200, hasBody: false)], .emptyPage, true),
    ]

    @Test("says what is wrong, and whether the frame is empty", arguments: troubles.indices)
    func trouble(index: Int) async {
        let (outcomes, trouble, isEmpty) = Self.troubles[index]
        let answers = Answers(outcomes.map { .answer($0) })
        let report = await AppCheck(app: Self.app, host: Self.host) { answers.visit($0) }.launch(Sample.token())
        #expect(report.trouble == trouble)
        #expect(report.trouble?.leavesFrameEmpty == isEmpty)
    }

    @Test("takes what is framed wrongly by the redirect alone for framed well: a browser looks at the page")
    func redirectsHeaders() async {
        let (report, _) = await look(Self.redirect("/p", 302, ("X-Frame-Options", "DENY")), Self.page)
        #expect(report.trouble == nil)
    }

    @Test("has words for everything that can be wrong, with a remedy that names what to write")
    func words() {
        let failures: [ReachFailure] = [
            .refused, .nameUnknown, .noRoute, .connectTimedOut, .silent(.seconds(5)), .tlsTimedOut,
            .certificate(.selfSigned), .notTLS, .tlsFailed, .reset, .closed, .notHTTP, .other("reason"),
        ]
        for trouble in Self.troubles.map(\.trouble) + failures.map(AppTrouble.unreachable) + [.leadsElsewhere(nil)] {
            let words = trouble.words(app: Self.app, host: Self.host)
            for text in [words.title, words.detail, words.remedy] { #expect(text.count > 15, "\(trouble)") }
            #expect(words.title.count < 50 && !words.title.hasSuffix("."))
            #expect(words.detail.hasSuffix(".") && (words.remedy.hasSuffix(".") || words.remedy.hasSuffix("?")))
        }
        let framing = AppTrouble.framingRefused(.xFrameOptions("DENY")).words(app: Self.app, host: Self.host)
        #expect(framing.detail.contains("X-Frame-Options: DENY"))
        #expect(framing.remedy.contains("frame-ancestors http://welkin.localhost:8481"))
        #expect(
            AppTrouble.unreachable(.refused).words(app: Self.app, host: Self.host).detail
                == "Nothing listens at app.example:443: connection refused.")
    }

    @Test("is told without a token, a cookie, a query or a fragment")
    func secrets() async throws {
        let launched = Self.redirect(
            "https://app.example/session/\(Sample.token().compact)/?code=sesame#handoff=sesame", 302,
            ("Set-Cookie", "session=sesame"))
        let (report, pages) = await look(launched, Self.page)
        #expect(pages[0].contains("?code=sesame"))
        let json = try JSON.object(Data(report.json(seen: true).utf8))
        #expect(json["seen"] == .bool(true) && json["trouble"] == .null)
        let steps = try #require(json["steps"]).objects
        #expect(
            steps.map { $0["request"]?.text } == [
                "POST https://app.example/launch", "GET https://app.example/session/eyJhbG…/?…",
            ])
        #expect(steps.map { $0["answer"]?.text } == ["302 after 0.02 s", "200 after 0.00 s"])
        #expect(steps[0]["headers"] == ["Location: https://app.example/session/eyJhbG…/?…#…"])
        #expect(steps[1]["headers"] == ["Content-Security-Policy: frame-ancestors http://welkin.localhost:8481"])
        let text = report.json(seen: true)
        #expect(!text.contains("sesame") && !text.contains(Sample.token().compact.suffix(20)))
    }
}

@Suite("An address of the App, as it is shown")
struct ShownAddressTests {
    @Test(
        "is what it was, without what could be a secret",
        arguments: [
            ("https://app.example/launch", "https://app.example/launch"),
            ("http://localhost:3000", "http://localhost:3000"),
            (
                "https://app.example/a/main/QuISBr26tWdjqNZx5m0n-A/#handoff=x",
                "https://app.example/a/main/QuISBr26tWdjqNZx5m0n-A/#…"
            ),
            ("https://app.example/?", "https://app.example/?…"),
            ("https://user:word@app.example/x", "https://app.example/x"),
            (
                "https://app.example/3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64",
                "https://app.example/3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64"
            ),
            ("https://app.example/0123456789012345678901234567890123456/x", "https://app.example/012345…/x"),
            ("nonsense", "(no address)"),
        ])
    func shown(url: String, text: String) {
        #expect(ShownAddress.text(url) == text)
    }
}
