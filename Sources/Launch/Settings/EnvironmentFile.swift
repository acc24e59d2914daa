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
            let name = parts[0].trimmed
            // What is no name, such as `export A` or a name and its value, must not pass for one:
            // it would be a setting that does nothing, and might be a secret.
            guard parts.count == 2, isName(name), let value = unquoted(parts[1].trimmed) else {
                badLines.append(index + 1)
                continue
            }
            values[String(name)] = value
        }
        return (values, badLines)
    }

    private static func isName(_ text: Substring) -> Bool {
        let letters = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        return letters && text.first.map { !("0"..."9").contains($0) } == true
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
