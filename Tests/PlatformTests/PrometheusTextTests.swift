import Platform
import Testing

@Suite("Metrics as text")
struct PrometheusTextTests {
    @Test("A family is a help line, a type line and its samples")
    func family() {
        var page = PrometheusText()
        page.add("a_total", .counter, help: "How many.", [.init("1"), .init("2", labels: ["x": "y", "z": ""])])
        page.add("b", .histogram, help: "How long.", [.init("3", suffix: "_bucket", labels: ["le": "+Inf"])])
        #expect(
            page.text == """
                # HELP a_total How many.
                # TYPE a_total counter
                a_total 1
                a_total{x="y",z=""} 2
                # HELP b How long.
                # TYPE b histogram
                b_bucket{le="+Inf"} 3

                """)
    }

    @Test("A label's value cannot end itself or its line")
    func escapes() {
        #expect(PrometheusText.Sample("1", labels: ["a": "\\\"\n"]).labels == #"{a="\\\"\n"}"#)
        // A quote with an accent on it, and a line feed after a carriage return.
        #expect(PrometheusText.Sample("1", labels: ["a": "\"\u{301}\r\n"]).labels == "{a=\"\\\"\u{301}\r\\n\"}")
    }
}
