import Glibc
package import Platform

/// The standard streams.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Whether it is a terminal that can show more than lines.
    package var isTerminal: Bool {
        guard isatty(rawValue) == 1 else { return false }
        guard let type = unsafe getenv("TERM") else { return false }
        return unsafe String(cString: type) != "dumb"
    }

    /// In characters; 80 if unknown.
    package var width: Int {
        var size = winsize()
        guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of a text to standard error. Ignores a failure, because nothing could report it.
    package static func tell(_ text: String) { try? Descriptor.write(Array(text.utf8), to: Self.error.rawValue) }

    /// Writes all of a text.
    package func write(_ text: String) throws(FileFailure) { try write(Array(text.utf8)) }

    /// Writes all bytes.
    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        try Descriptor.write(
            bytes, to: rawValue, called: self == .output ? "standard output" : "standard error")
    }

    /// Makes a write to a closed pipe fail instead of ending the process in the middle of a run.
    package static func surviveClosedPipes() { signal(SIGPIPE, SIG_IGN) }
}
