import Platform
import Testing

@Suite("Histograms") struct HistogramTests {
    @Test("Each bucket counts what is not above its bound, and the last one everything") func buckets() {
        var one = Histogram(bounds: [0.1, 1])
        one.observe(0.1)
        one.observe(0.5)
        var other = Histogram(bounds: [0.1, 1])
        other.observe(7)
        one.add(other)
        var page = PrometheusText()
        page.add("x", .histogram, help: "X.", one.samples)
        #expect(
            page.text == """
                # HELP x X.
                # TYPE x histogram
                x_bucket{le="0.1"} 1
                x_bucket{le="1.0"} 2
                x_bucket{le="+Inf"} 3
                x_sum 7.6
                x_count 3

                """)
    }
}
