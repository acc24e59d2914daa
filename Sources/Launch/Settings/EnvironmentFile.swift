internal import Gateway

/// `NAME=VALUE` lines as systemd reads them from an `EnvironmentFile=` (systemd.exec(5)): `#` and
/// `;` begin comments, blanks around a value go, single and double quotes keep them.
enum EnvironmentFile {
    /// - Returns: the values, and the numbers of the lines that are neither comment nor setting.
    static func parse(_ text: String) -> (values: [String: String], badLines: [Int]) {
        var values: [String: String] = [:]
        var badLines: [Int] = []
        for (index, line) in lines(text).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix(";") else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let value = unquoted(parts[1].trimmed) else {
                badLines.append(index + 1)
                continue
            }
            values[String(parts[0].trimmed)] = value
        }
        return (values, badLines)
    }

    /// The lines of a text, trimmed, for files that have one thing a line.
    static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.trimmed)
    }

    private static func unquoted(_ value: Substring) -> String? {
        guard let quote = value.first, quote == "\"" || quote == "'" else { return String(value) }
        guard value.count >= 2, value.last == quote else { return nil }
        let inner = value.dropFirst().dropLast()
        guard quote == "\"" else { return inner.contains("'") ? nil : String(inner) }
        var result = ""
        var isEscaped = false
        for character in inner {
            if isEscaped {
                result.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                return nil
            } else {
                result.append(character)
            }
        }
        return isEscaped ? nil : result
    }
}
