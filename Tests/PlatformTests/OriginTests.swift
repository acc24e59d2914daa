import Platform
import Testing

@Suite("An origin")
struct OriginTests {
    @Test(
        "is https, or http on this machine",
        arguments: [
            ("https://api.welkinhealth.com", "https://api.welkinhealth.com"),
            ("HTTPS://API.welkinhealth.com:443/", "https://api.welkinhealth.com"),
            ("https://api.example:8443", "https://api.example:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost", "http://localhost"),
            ("http://api.localhost:81", "http://api.localhost:81"),
            ("http://[::1]:82", "http://[::1]:82"),
        ])
    func good(text: String, canonical: String) {
        #expect(Origin(text)?.description == canonical)
    }

    @Test(
        "is nothing else",
        arguments: [
            "http://api.welkinhealth.com", "api.welkinhealth.com", "ftp://localhost", "https://", "https://a/v1",
            "https://a?b", "https://user@a", "https://a:0", "https://a:99999", "https://a:b", "https://a b", "//a",
            "http://127.0.0.1.evil.example", "http://localhost.evil.example", "https://[zz]", "http://127.0.0.1_2",
            "ftp://localhost:1", "htps://localhost:8480", "x; script-src *; y://localhost:1", "https://[]",
            "https://[12]",
            "https://.example",
        ])
    func bad(text: String) {
        #expect(Origin(text) == nil)
    }

    @Test(
        "is taken as serialized only where a browser would write it so",
        arguments: [
            ("https://app.example", true),
            ("https://app.example:8443", true),
            ("http://app.localhost:8480", true),
            ("https://App.example", false),
            ("https://app.example:443", false),
            ("https://app.example/", false),
            ("http://app.localhost:80", false),
            ("http://[::1]:8480", true),
            ("https://[0:0::1]", false),
            ("https://app.example.", false),
            ("https://my_app.example", false),
            ("https://app.example:08443", false),
        ])
    func serialized(text: String, isTaken: Bool) {
        #expect((Origin(serialized: text) != nil) == isTaken)
    }
}
