internal import Glibc

/// One line of the log, as `name=value` pairs (logfmt), on standard error.
///
/// Web servers, systemd and cron all keep standard error. Values are ours (codes, keyed hashes,
/// numbers); anything that is not plain is quoted, so that a line cannot be forged.
public struct LogLine: Sendable {
    private var text: String

    public init(_ event: String) { text = "welkin-launch: event=\(event)" }

    public func with(_ name: String, _ value: String) -> LogLine {
        var line = self
        line.text += " \(name)=\(Self.quoted(value))"
        return line
    }

    /// The line as it is written, without the line's end.
    public var description: String { text }

    /// Writes the line with one system call, so that lines of several threads never mix.
    public func write() {
        let bytes = Array((text + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress!, $0.count) }
    }

    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
            }
        if isPlain { return value }
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
