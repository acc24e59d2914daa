import Platform

/// A few terminal colours; elsewhere, texts stay as they are.
package struct Paint: Sendable {
    /// The meaning of a colour.
    package enum Tone: String, Sendable {
        /// All is well: green.
        case good = "32"
        /// Somebody should look: yellow.
        case warning = "33"
        /// Something failed: red.
        case bad = "31"
        /// Of less importance.
        case dim = "2"
    }

    private let isOn: Bool

    /// No colours.
    package static let plain = Paint(isTerminal: false, noColor: nil)

    /// - Parameter noColor: `NO_COLOR`, which forbids colours unless it is empty (no-color.org).
    package init(isTerminal: Bool, noColor: String?) {
        isOn = isTerminal && (noColor ?? "").isEmpty
    }

    /// For one of this process's streams; a `dumb` terminal has no colours.
    package init(for stream: StandardStream) {
        self.init(
            isTerminal: stream.isTerminal, noColor: ProcessEnvironment.variables(prefix: "NO_COLOR")["NO_COLOR"])
    }

    /// The text in a colour, applied to each line separately.
    package func callAsFunction(_ text: String, _ tone: Tone) -> String {
        guard isOn else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "" : "\u{1B}[\(tone.rawValue)m\(line)\u{1B}[0m"
        }.joined(separator: "\n")
    }
}

extension Paint.Tone {
    /// Of a verdict.
    ///
    /// - Parameter isStopped: by a signal, which is not a fault.
    static func of(exitCode: Int32, isStopped: Bool) -> Paint.Tone {
        switch exitCode {
        case ExitStatus.done: .good
        case ExitStatus.partlyDone: .warning
        default: isStopped ? .warning : .bad
        }
    }
}

extension LogEntry.Level {
    /// The colour for people.
    var tone: Paint.Tone {
        switch self {
        case .info: .dim
        case .warning: .warning
        case .error: .bad
        }
    }
}
