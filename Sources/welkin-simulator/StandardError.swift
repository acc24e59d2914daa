import Foundation

/// Receives notes and errors, so that standard output holds only the result.
enum StandardError {
    /// Writes one line.
    static func write(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}

/// Receives the result.
enum StandardOutput {
    /// Writes one line without buffering: pipes are block-buffered, and a reader may wait for the line.
    static func write(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
