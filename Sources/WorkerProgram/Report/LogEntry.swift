package import DataAPI
import Platform
import StrictJSON

/// One event of a run for the log. It holds resource names, codes, numbers and keyed hashes, but
/// no content of a record.
package struct LogEntry: Sendable {
    /// How much it matters.
    package enum Level: String, Sendable {
        case info
        case warning
        case error
    }

    /// One value.
    package enum Value: Sendable, Hashable {
        case text(String)
        case number(Int)
    }

    package let level: Level
    package let event: String
    package private(set) var values: [(name: String, value: Value)] = []

    package init(_ event: String, _ level: Level = .info) {
        self.event = event
        self.level = level
    }

    /// The entry with one more value; unchanged if the value is nil.
    package consuming func with(_ name: String, _ value: String?) -> LogEntry {
        if let value { values.append((name, .text(value))) }
        return self
    }

    /// The entry with one more number.
    package consuming func with(_ name: String, _ value: Int) -> LogEntry {
        values.append((name, .number(value)))
        return self
    }

    /// `welkin-worker: event=… name=value …`
    package func text(at time: Instant) -> String {
        var line = LogLine(event, of: "welkin-worker").with("time", time.description).with("level", level.rawValue)
        for (name, value) in values {
            switch value {
            case .text(let text): line = line.with(name, text)
            case .number(let number): line = line.with(name, String(number))
            }
        }
        return line.description
    }

    /// The same as one JSON object.
    package func json(at time: Instant) -> String {
        var json = JSONWriter()
        json.object {
            $0.member("event", event)
            $0.member("time", time.description)
            $0.member("level", level.rawValue)
            for (name, value) in values {
                switch value {
                case .text(let text): $0.member(name, text)
                case .number(let number): $0.member(name, Int64(number))
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
