/// Text wrapped between words, for a terminal of any width.
package enum Paragraph {
    /// What to do next. A command is never wrapped, so that it can be copied; if it does not fit, it gets its own line.
    package static func next(_ words: String, command: String, width: Int) -> String {
        let line = "\(words) \(command)"
        return line.count <= width ? line + "\n" : text(words, width: width) + "  \(command)\n"
    }

    /// Lines of at most `width` characters; a longer word has its own line.
    ///
    /// - Parameter indent: the number of blanks before the first line; the other lines have two more.
    package static func text(_ words: String, indent: Int = 0, width: Int) -> String {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in words.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent + 2)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }
}
