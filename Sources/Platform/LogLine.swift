import Glibc

/// One line of the log, as `name=value` pairs (logfmt), on standard error.
///
/// Web servers, systemd and cron all keep standard error. Values are ours (codes, keyed hashes,
/// numbers); anything that is not plain is quoted, so that a line cannot be forged.
package struct LogLine: Sendable {
    private var bytes: [UInt8] = []

    /// A line about one kind of event (`launch`, `session`, `start`) of a program.
    package init(_ event: String, of program: String) {
        bytes.reserveCapacity(256)
        bytes.append(program)
        bytes.append(": event=")
        bytes.append(event)
    }

    /// The line with one more pair. The value is quoted unless it is plain.
    package consuming func with(_ name: String, _ value: String) -> LogLine {
        bytes.append(" ")
        bytes.append(name)
        bytes.append("=")
        let isPlain =
            !value.isEmpty
            && value.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
            }
        bytes.append(isPlain ? value : Self.quoted(value))
        return self
    }

    /// The line as it is written, without the line feed.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes the line with one system call, so that lines of several threads never mix.
    package consuming func write() {
        bytes.append(0x0A)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress!, $0.count) }
    }

    private static func quoted(_ value: String) -> String {
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
