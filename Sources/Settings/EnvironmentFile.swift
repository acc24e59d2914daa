import Platform

/// `NAME=VALUE` lines, read byte by byte as systemd 252 reads them from an `EnvironmentFile=` (systemd.exec(5);
/// `load_env_file` in its sources).
///
/// Refuses what systemd would silently drop or read in a way that few people expect. Everything else has the same
/// value in both; a test compares the two.
package struct EnvironmentFile {
    /// For a repeated name, the last value, as in systemd.
    package private(set) var values: [String: String] = [:]
    /// Refused lines, in file order.
    package private(set) var problems: [LineProblem] = []
    /// The line numbers of each name that appears more than once.
    package private(set) var repeated: [String: [Int]] = [:]

    /// The problem with one line, without any of its content.
    package struct LineProblem: Equatable {
        /// Counts from 1.
        package let line: Int
        package let problem: String
        package let remedy: String
    }

    private enum State {
        case beforeName, name, beforeValue, value, escape, singleQuotes, doubleQuotes, doubleQuotesEscape, comment,
            commentEscape
    }

    private var state = State.beforeName
    private var line = 1
    /// The first line of the current entry, and the line of its last opening quote.
    private var (begin, quotes) = (1, 1)
    private var (name, value): ([UInt8], [UInt8]) = ([], [])
    /// Where the trailing blanks of the name and the value begin.
    private var (nameBlanks, valueBlanks): (Int?, Int?) = (nil, nil)
    private var lines: [String: Int] = [:]

    package init(_ text: String) {
        var last: UInt8 = 0
        for byte in text.utf8 {
            read(byte)
            // A carriage return and a line feed after it end one line.
            if byte == .lineFeed && last != .carriageReturn || byte == .carriageReturn { line += 1 }
            last = byte
        }
        switch state {
        case .beforeName, .comment, .commentEscape: break
        case .name, .beforeValue, .value: endEntry()
        case .escape, .doubleQuotesEscape: refuse("ends in a backslash", "Write \\\\ for a backslash")
        case .singleQuotes, .doubleQuotes: refuse("has quotes that are never closed", "Close them", line: quotes)
        }
    }

    private mutating func read(_ byte: UInt8) {
        switch state {
        case .beforeName:
            if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
                (state, begin) = (.comment, line)
            } else if !byte.isBlank {
                (state, begin, name, value, nameBlanks) = (.name, line, [byte], [], nil)
            }
        case .name:
            if byte.endsLine {
                endEntry()
            } else if byte == UInt8(ascii: "=") {
                (state, valueBlanks) = (.beforeValue, nil)
            } else {
                nameBlanks = byte.isBlank ? nameBlanks ?? name.count : nil
                name.append(byte)
            }
        case .beforeValue:
            switch byte {
            case _ where byte.endsLine: endEntry()
            case UInt8(ascii: "'"): (state, quotes) = (.singleQuotes, line)
            case UInt8(ascii: "\""): (state, quotes) = (.doubleQuotes, line)
            case UInt8(ascii: "\\"): state = .escape
            case _ where byte.isBlank: break
            default:
                state = .value
                value.append(byte)
            }
        case .value:
            if byte.endsLine {
                endEntry()
            } else if byte == UInt8(ascii: "\\") {
                (state, valueBlanks) = (.escape, nil)
            } else {
                valueBlanks = byte.isBlank ? valueBlanks ?? value.count : nil
                value.append(byte)
            }
        case .escape:
            state = .value
            if !byte.endsLine { value.append(byte) }
        case .singleQuotes:
            if byte == UInt8(ascii: "'") { state = .beforeValue } else { value.append(byte) }
        case .doubleQuotes:
            switch byte {
            case UInt8(ascii: "\""): state = .beforeValue
            case UInt8(ascii: "\\"): state = .doubleQuotesEscape
            default: value.append(byte)
            }
        case .doubleQuotesEscape:
            state = .doubleQuotes
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "$"): value.append(byte)
            case .lineFeed: break
            default: value += [UInt8(ascii: "\\"), byte]
            }
        case .comment:
            if byte.endsLine {
                state = .beforeName
            } else if byte == UInt8(ascii: "\\") {
                state = .commentEscape
            }
        case .commentEscape:
            state = .comment
            if byte.endsLine {
                refuse("is a comment that ends in a backslash, so the next line is part of it", "Remove the backslash")
            }
        }
    }

    private mutating func endEntry() {
        defer { state = .beforeName }
        guard !name.starts(with: [0xEF, 0xBB, 0xBF]) else {
            return refuse("begins with a byte order mark", "Save the file as UTF-8 without one")
        }
        if let nameBlanks { name.removeSubrange(nameBlanks...) }
        if state == .value, let valueBlanks { value.removeSubrange(valueBlanks...) }
        // A non-name, such as `export A` or a name and its value, must not pass for a name: it would be a setting
        // that does nothing, and might be a secret.
        guard state != .name, Self.isName(name) else {
            return refuse("is not NAME=VALUE", "Correct it, or comment it out with #")
        }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == .tab || $0 == .lineFeed }) else {
            return refuse("has a control character in its value", "Remove it")
        }
        let (name, value) = (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        // Our settings have only one line; an unclosed quote swallows other settings.
        if value.utf8.contains(.lineFeed), name.hasPrefix("WELKIN_") || value.contains("WELKIN_") {
            return refuse("has quotes that continue past the end of the line", "Close them on the same line")
        }
        if let first = lines[name] { repeated[name, default: [first]].append(begin) }
        (lines[name], values[name]) = (begin, value)
    }

    private mutating func refuse(_ problem: String, _ remedy: String, line: Int? = nil) {
        problems.append(LineProblem(line: line ?? begin, problem: problem, remedy: remedy))
    }

    private static func isName(_ name: [UInt8]) -> Bool {
        name.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") } && name.first?.isDigit == false
    }
}

extension UInt8 {
    fileprivate var endsLine: Bool { self == .lineFeed || self == .carriageReturn }
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == .tab || endsLine }
}
