import Records
import Platform
import Simulator
import Testing

@Suite("Whether a browser lets a page frame the App's")
struct FramingRulesTests {
    private static let host = Origin.of("http://welkin.localhost:8481")!

    private func refusal(
        _ headers: [(String, String)], page: String = "http://app.localhost:3000", host: Origin = host
    ) -> FramingHeader? {
        FramingRules.refusal(of: AppAnswer(status: 200, headers: headers), page: Origin.of(page)!, by: host)
    }

    @Test(
        "is a yes for sources that name it",
        arguments: [
            "http://welkin.localhost:8481", "HTTP://Welkin.localhost:8481", "welkin.localhost:8481", "*",
            "http://*.localhost:8481", "*.localhost:*", "http://welkin.localhost:*", "http:", "'none' http:",
            "https://a.example http://welkin.localhost:8481/patients", "http://welkin.localhost:8481\thttps:",
        ])
    func allowed(sources: String) {
        #expect(refusal([("Content-Security-Policy", "default-src 'none'; Frame-Ancestors \(sources); x")]) == nil)
    }

    @Test(
        "is a no for sources that do not",
        arguments: [
            "'none'", "'self'", "", "https://welkin.localhost:8481", "http://welkin.localhost", "http://localhost:8481",
            "http://welkin.localhost:8482", "http://*.welkin.localhost:8481", "welkin.localhost", "https:",
            "https://coach.welkinhealth.com", "http://welkin.localhost.example:8481", "*.ocalhost:8481",
        ])
    func refused(sources: String) {
        let directive = sources.isEmpty ? "frame-ancestors" : "frame-ancestors \(sources)"
        #expect(refusal([("content-security-policy", "a; \(directive)")]) == .frameAncestors(sources))
    }

    @Test("takes a source without a scheme for one of the App's own scheme")
    func schemeless() {
        let header = [("Content-Security-Policy", "frame-ancestors welkin.localhost:8481")]
        #expect(refusal(header, page: "https://app.example") == .frameAncestors("welkin.localhost:8481"))
        #expect(refusal(header, page: "http://app.localhost:1") == nil)
    }

    @Test("allows over https what is allowed over http")
    func upgraded() {
        let host = Origin.of("https://welkin.example")!
        for sources in ["http://welkin.example", "http://welkin.example:80", "http:", "welkin.example:443"] {
            #expect(refusal([("Content-Security-Policy", "frame-ancestors \(sources)")], host: host) == nil)
        }
        #expect(refusal([("Content-Security-Policy", "frame-ancestors https://welkin.example:80")], host: host) != nil)
    }

    @Test("takes every policy, in one header or several, and in each its first directive")
    func several() {
        let good = "frame-ancestors http://welkin.localhost:8481"
        #expect(refusal([("Content-Security-Policy", "\(good), frame-ancestors 'none'")]) == .frameAncestors("'none'"))
        #expect(
            refusal([("Content-Security-Policy", good), ("Content-Security-Policy", "frame-ancestors 'self'")])
                == .frameAncestors("'self'"))
        #expect(refusal([("Content-Security-Policy", "\(good); frame-ancestors 'none'")]) == nil)
        #expect(refusal([("Content-Security-Policy", "\(good), script-src 'none'")]) == nil)
    }

    @Test(
        "is a no by X-Frame-Options, where no policy says anything",
        arguments: ["DENY", "deny", "SAMEORIGIN", "SAMEORIGIN, DENY", "sameorigin, allow-from https://x.example"])
    func options(value: String) {
        #expect(refusal([("X-Frame-Options", value)]) == .xFrameOptions(value))
        let policy = ("Content-Security-Policy", "frame-ancestors http://welkin.localhost:8481")
        #expect(refusal([("X-Frame-Options", value), policy]) == nil)
    }

    @Test(
        "is a yes for what is no X-Frame-Options, and without any header", arguments: ["ALLOW-FROM x", "", "ALLOWALL"])
    func noOptions(value: String) {
        #expect(refusal([("X-Frame-Options", value)]) == nil)
        #expect(refusal([("Content-Security-Policy-Report-Only", "frame-ancestors 'none'")]) == nil)
        #expect(refusal([]) == nil)
    }

    @Test("is a yes for a page of the same origin where that is allowed")
    func same() {
        let page = "http://welkin.localhost:8481"
        #expect(refusal([("X-Frame-Options", "SAMEORIGIN")], page: page) == nil)
        #expect(refusal([("X-Frame-Options", "SAMEORIGIN"), ("X-Frame-Options", "sameorigin")], page: page) == nil)
        for second in ["ALLOWALL", "ALLOW-FROM \(page)", "none"] {
            let both = [("X-Frame-Options", "SAMEORIGIN"), ("X-Frame-Options", second)]
            #expect(refusal(both, page: page) != nil, "what contradicts itself forbids")
        }
        #expect(refusal([("Content-Security-Policy", "frame-ancestors 'self'")], page: page) == nil)
    }
}
