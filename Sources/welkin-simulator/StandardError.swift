import Foundation

/// Where notes and errors go, so that standard output holds nothing but the answer.
enum StandardError {
    /// Writes one line.
    static func write(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}

/// Where the answer goes.
enum StandardOutput {
    /// Writes one line, at once: a pipe is buffered by whole blocks, and somebody may wait for the line.
    static func write(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
