import Simulator
import Testing

@Suite("An App URL")
struct AppURLTests {
    @Test(
        "has an origin as browsers write it",
        arguments: [
            ("https://app.example/launch", "https://app.example"),
            ("https://App.Example:443/clinic/launch/video", "https://app.example"),
            ("https://app.example:8443", "https://app.example:8443"),
            ("http://localhost:80/launch", "http://localhost"),
            ("http://app.localhost:8080/launch", "http://app.localhost:8080"),
            ("https://[::1]:8443/launch", "https://[::1]:8443"),
        ])
    func origin(text: String, origin: String) throws {
        let url = try AppAddress(text)
        #expect(url.origin == origin)
        #expect(url.text == text)
    }

    @Test(
        "is refused, with the reason, when no browser should be sent there",
        arguments: [
            "", "launch", "//app.example/launch", "https://", "ftp://app.example/", "javascript:alert(1)",
            "http://app.example/launch", "http://localhost.example/launch", "https://a:b@app.example/",
            "https://app.example/launch?x=1", "https://app.example/launch#x", "https://app.example:0/",
            "https://app.example;script-src *", "https://app example/",
        ])
    func refused(text: String) throws {
        let error = try #require(throws: InvalidAppAddress.self) { try AppAddress(text) }
        #expect(error.description.contains(text))
    }
}

@Suite("An address to listen on")
struct ListenAddressTests {
    @Test(
        "is a host and a port",
        arguments: [
            ("127.0.0.1:8090", "127.0.0.1", 8090),
            ("localhost:0", "localhost", 0),
            ("[::1]:80", "::1", 80),
        ])
    func parsed(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == text)
    }

    @Test(
        "is nothing else", arguments: ["", "8090", ":8090", "localhost", "localhost:", "a:65536", "::1:80", "a:-1"])
    func refused(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "has a page whose origin is always the same, where that name leads to it",
        arguments: [
            ("127.0.0.1:8481", "http://welkin.localhost:8481"),
            ("localhost:80", "http://welkin.localhost"),
            ("[::1]:8481", "http://welkin.localhost:8481"),
            ("127.0.0.2:8481", "http://127.0.0.2:8481"),
            ("welkin.example:8481", "http://welkin.example:8481"),
            ("[fe80::1]:8481", "http://[fe80::1]:8481"),
        ])
    func pageOrigin(text: String, origin: String) throws {
        #expect(try #require(ListenAddress(text)).pageOrigin == origin)
    }

    @Test("is told with the App and what that must allow, in lines that a terminal holds")
    func greeting() throws {
        let settings = HostSettings(
            appURL: try AppAddress("http://localhost:3000/launch"), clientID: "client-1", secret: Sample.secret)
        let lines = settings.greeting(at: ListenAddress(host: "127.0.0.1", port: 8481)).split(separator: "\n")
        #expect(lines.first == "  Open  http://welkin.localhost:8481/")
        #expect(lines.contains("  App   http://localhost:3000/launch"))
        #expect(lines.last?.hasSuffix("Content-Security-Policy: frame-ancestors http://welkin.localhost:8481") == true)
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test("is this machine's own for loopback addresses and localhost names only")
    func loopback() {
        for host in ["127.0.0.1", "127.8.9.1", "::1", "localhost", "welkin.localhost", "LOCALHOST"] {
            #expect(ListenAddress(host: host, port: 1).isLoopback, "\(host)")
        }
        for host in ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.com", "127.0.0.300", "localhost.evil.example"] {
            #expect(!ListenAddress(host: host, port: 1).isLoopback, "\(host)")
        }
    }
}
