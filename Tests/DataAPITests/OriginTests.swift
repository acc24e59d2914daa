import DataAPI
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
            ("http://localhost", "http://localhost"), ("http://api.localhost:81", "http://api.localhost:81"),
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
            "http://127.0.0.1.evil.example", "http://localhost.evil.example", "https://[zz]",
        ])
    func bad(text: String) {
        #expect(Origin(text) == nil)
    }
}
