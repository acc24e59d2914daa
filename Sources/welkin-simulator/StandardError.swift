import Foundation

/// Where notes and errors go, so that standard output holds nothing but the answer.
enum StandardError {
    /// Writes one line.
    static func write(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
