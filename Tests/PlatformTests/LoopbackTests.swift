import Platform
import Testing

@Suite("A host of this machine")
struct LoopbackTests {
    @Test(
        "is localhost, a name under it, or a loopback address",
        arguments: ["localhost", "a.LOCALHOST", "127.0.0.1", "127.255.0.9", "::1", "[::1]"])
    func loopback(host: String) {
        #expect(Loopback.contains(host: host))
    }

    @Test(
        "is nothing that only looks like one",
        arguments: [
            "", "localhost.example", "alocalhost", "127.0.0.1.example", "127.1", "127.0.0.256", "127.0.0.+1",
            "127.0.0.", "128.0.0.1", "::2", "0.0.0.0",
        ])
    func other(host: String) {
        #expect(!Loopback.contains(host: host))
    }
}
