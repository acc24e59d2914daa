/// Metrics in Prometheus' text format, version 0.0.4.
package struct PrometheusText: Sendable {
    /// The media type of the format.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a family counts or measures.
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// One line.
    package struct Sample: Sendable {
        let suffix: String
        /// As they are written: `{app="main"}`, or empty.
        package let labels: String
        let value: String

        /// - Parameter suffix: for the parts of a histogram: `_bucket`, `_sum`, `_count`.
        package init(_ value: String, suffix: String = "", labels: KeyValuePairs<String, String> = [:]) {
            self.value = value
            self.suffix = suffix
            let pairs = labels.map { "\($0.key)=\"\(PrometheusText.escaped($0.value))\"" }
            self.labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
        }
    }

    /// All families so far.
    package private(set) var text = ""

    package init() {}

    /// Adds a family.
    ///
    /// - Parameter samples: in the order of the output.
    package mutating func add(_ name: String, _ kind: Kind, help: String, _ samples: [Sample]) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples { text += "\(name)\(sample.suffix)\(sample.labels) \(sample.value)\n" }
    }

    /// A label's value with backslash, quote and line feed escaped.
    private static func escaped(_ value: String) -> String {
        // By scalars: to Swift a quote and an accent after it are one character.
        value.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(scalar)
            }
        }.joined()
    }
}
