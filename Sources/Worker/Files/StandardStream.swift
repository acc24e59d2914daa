internal import Glibc

/// The standard streams.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Whether somebody watches who wants more than lines.
    package var isTerminal: Bool {
        guard isatty(rawValue) == 1 else { return false }
        guard let type = unsafe getenv("TERM") else { return false }
        return unsafe String(cString: type) != "dumb"
    }

    /// In characters; 80 where it cannot be known.
    package var width: Int {
        var size = winsize()
        guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of a text. Where it cannot be written, there is nobody to tell.
    package func write(_ text: String) { _ = writeAll(rawValue, Array(text.utf8)) }

    /// Writes all bytes.
    package func write(_ bytes: [UInt8]) throws(AtomicFile.Failure) {
        guard let code = writeAll(rawValue, bytes) else { return }
        throw AtomicFile.Failure(
            call: "write", path: self == .output ? "standard output" : "standard error", code: code)
    }
}

/// Writes all bytes; returns an `errno` where it could not.
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe write(descriptor, $0.baseAddress! + written, $0.count - written)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        written += count
    }
    return nil
}
