/// Text that is broken between words, for a terminal of any width.
package enum Paragraph {
    /// What to do next. A command stays in one piece, to be copied: where it does not fit, on a line of its own.
    package static func next(_ words: String, command: String, width: Int) -> String {
        let line = "\(words) \(command)"
        return line.count <= width ? line + "\n" : text(words, width: width) + "  \(command)\n"
    }

    /// Lines of at most `width` characters; a word that is longer has a line of its own.
    ///
    /// - Parameter indent: the blanks before the first line; the others have two more.
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
