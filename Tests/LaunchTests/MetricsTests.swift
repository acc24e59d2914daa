import Gateway
import Launch
import Platform
import Testing

@Suite("The histogram of durations")
struct MetricsTests {
    @Test("A bucket counts everything up to its upper end, that included")
    func cumulative() throws {
        let settings = try Deployment().settings
        let metrics = Metrics()
        let handler = LaunchHandler(settings: { _ in settings }, metrics: metrics)
        func counts() -> [String] {
            let page = handler.respond(to: Request(method: "GET", path: "/metrics"), now: Deployment.now)
            return String(decoding: page.body, as: UTF8.self).split(separator: "\n")
                .filter { $0.hasPrefix("welkin_request_duration_seconds_") }
                .map { String($0.dropFirst("welkin_request_duration_seconds_".count)) }
        }
        #expect(counts().allSatisfy { $0.hasSuffix(" 0") || $0 == "sum 0.0" })
        for seconds in [0, 0.00005, 0.0000625, 0.25, 0.5, 2, 4] { metrics.observe(seconds: seconds) }
        let found = counts()
        #expect(
            found.dropLast(2) == [
                #"bucket{le="5e-05"} 2"#, #"bucket{le="0.0001"} 3"#, #"bucket{le="0.00025"} 3"#,
                #"bucket{le="0.0005"} 3"#, #"bucket{le="0.001"} 3"#, #"bucket{le="0.005"} 3"#,
                #"bucket{le="0.025"} 3"#, #"bucket{le="0.1"} 3"#, #"bucket{le="1.0"} 5"#, #"bucket{le="+Inf"} 7"#,
            ])
        #expect(found.last == "count 7")
        let sum = try #require(found.dropLast().last?.split(separator: " ").last.flatMap { Double($0) })
        #expect(abs(sum - 6.7501125) < 1e-9)
    }
}
