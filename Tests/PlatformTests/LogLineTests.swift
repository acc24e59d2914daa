import Platform
import Testing

@Suite("A log line")
struct LogLineTests {
    @Test("A value cannot begin another line or field")
    func values() {
        let line = LogLine("x", of: "program").with("a", "b\nc=d \"e\"").with("f", "").with("g", "h").description
        #expect(line == "program: event=x a=\"b\u{FFFD}c=d \\\"e\\\"\" f=\"\" g=h")
    }
}
