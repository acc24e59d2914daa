import DataAPI
import Testing

@Suite("The proxy")
struct ProxyTests {
    private func origin(_ text: String) -> Origin { Origin(text)! }

    @Test(
        "is an HTTP one, with or without scheme, user and port",
        arguments: [
            "proxy.example.org", "proxy.example.org:3128", "http://proxy:3128/", "HTTP://10.0.0.1:80",
            "http://user:p%40ss@proxy:3128", "http://user@proxy", "http://[::1]:3128",
        ])
    func good(text: String) { #expect(Proxy(text) != nil) }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "http://", "https://proxy:3128", "socks5://proxy:1080", "http://proxy:99999", "http://proxy:0",
            "http://proxy/path", "http://pro xy:3128", "proxy:port", "http://user:secret@", "http://proxy?x",
        ])
    func bad(text: String) { #expect(Proxy(text) == nil) }

    @Test("shows nothing of itself")
    func silent() throws {
        let proxy = try #require(Proxy("http://user:hunter2@proxy.example.org:3128"))
        var dumped = ""
        dump(NetworkSettings(proxy: proxy), to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), dumped, "\(NetworkSettings(proxy: proxy))"] {
            #expect(!text.contains("hunter2") && !text.contains("user"), "\(text)")
        }
    }

    @Test("stands before other machines alone")
    func loopback() {
        let settings = NetworkSettings(proxy: Proxy("proxy:3128"))
        #expect(settings.proxy(for: .welkin) != nil)
        for local in [
            "https://localhost", "https://a.localhost:8443", "https://127.0.0.1:8443", "https://[::1]",
            "http://localhost",
        ] {
            #expect(settings.proxy(for: origin(local)) == nil, "\(local)")
        }
        #expect(NetworkSettings().proxy(for: .welkin) == nil)
    }

    @Test(
        "has exceptions",
        arguments: [
            ("api.example.org", true),
            ("API.Example.org", true),
            (".example.org", true),
            (".org", true),
            ("*", true),
            ("a, api.example.org", true),
            ("a\tapi.example.org", true),
            ("api.example.org:443", true),
            (".example.org:443", true),
            ("", false),
            ("pi.example.org", false),
            ("api.example.org:8443", false),
            ("xapi.example.org", false),
            (".api.example.org", false),
            ("example.com", false),
            (",,", false),
        ])
    func exceptions(list: String, isExcepted: Bool) {
        let settings = NetworkSettings(proxy: Proxy("proxy:3128"), exceptions: ProxyExceptions(list))
        #expect((settings.proxy(for: origin("https://api.example.org")) == nil) == isExcepted)
    }

    @Test("has exceptions by address, of IPv6 with and without brackets")
    func addresses() {
        for (list, isExcepted) in [("2001:db8::1", true), ("[2001:db8::1]:443", true), ("[2001:db8::1]:80", false)] {
            let settings = NetworkSettings(proxy: Proxy("proxy:3128"), exceptions: ProxyExceptions(list))
            #expect((settings.proxy(for: origin("https://[2001:db8::1]")) == nil) == isExcepted, "\(list)")
        }
    }
}
