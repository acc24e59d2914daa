/// Numbers, times and texts as people read them. Widths are in characters.
package enum Words {
    /// Padded with blanks on the right, or on the left if `width` is negative.
    package static func padded(_ text: String, to width: Int) -> String {
        let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? blanks + text : text + blanks
    }

    /// The text, or its beginning and `…` if it is longer.
    package static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : width < 1 ? "" : text.prefix(width - 1) + "…"
    }

    /// `1,234,567`
    package static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// `1 record`, `1,234 records`
    package static func count(_ number: Int, _ unit: String) -> String {
        "\(grouped(number)) \(unit)" + (number == 1 ? "" : "s")
    }

    /// `a`, `a and b`, `a, b and c`; beyond `limit` words, `a, b and 7 more`.
    package static func list(_ words: [String], limit: Int = 8) -> String {
        let shown = words.count > limit ? words.prefix(limit - 1) + ["\(words.count - limit + 1) more"] : words[...]
        guard let last = shown.last, shown.count > 1 else { return words.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }

    /// How long something took: `less than 1 s`, `42 s`, and from two minutes `2:03` or `1:02:03`.
    package static func taken(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        return seconds < 1 ? "less than 1 s" : seconds < 120 ? "\(seconds) s" : clock(seconds)
    }

    /// `1:02:03` or `2:03`
    package static func clock(_ seconds: Int) -> String {
        let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
        let end = (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
        return hours > 0 ? "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(end)" : "\(minutes):\(end)"
    }

    /// A duration without its sign: `45 s`, `12 min`, `3 h`, `8 d`.
    package static func span(_ seconds: Int) -> String {
        // To the nearest: 7199 s are 2 h.
        switch seconds.magnitude {
        case let seconds where seconds < 120: "\(seconds) s"
        case let seconds where seconds < 7170: "\((seconds + 30) / 60) min"
        case let seconds where seconds < 171_000: "\((seconds + 1800) / 3600) h"
        case let seconds: "\((seconds + 43_200) / 86_400) d"
        }
    }

    /// ``span(_:)-(Int)``
    package static func span(_ duration: Duration) -> String { span(Int(duration.components.seconds)) }

    /// `2 h ahead of`, `2 h behind`: how one clock relates to another.
    package static func relation(ahead duration: Duration) -> String {
        span(duration) + (duration < .zero ? " behind" : " ahead of")
    }

    /// The text with a capital letter at its start.
    package static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    package static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
