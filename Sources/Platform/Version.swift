/// The version of this project, and of each of its programs (Semantic Versioning 2.0.0).
package enum Version {
    package static let text = "0.1.0"
}

extension PrometheusText {
    /// Adds `welkin_build_info`, whose labels give the program and its version.
    package mutating func addBuildInfo(of program: String) {
        add(
            "welkin_build_info", .gauge, help: "Always 1; the labels say the program and its version.",
            [Sample("1", labels: ["program": program, "version": Version.text])])
    }
}
