import StoreFiles
import GRDB

extension ReplicaError {
    /// Converts an error of SQLite on the replica at `path`.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as ReplicaError: self = error
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path)
            case .SQLITE_FULL: self = .diskFull(path: path)
            case .SQLITE_READONLY: self = .file(.readOnly(path: path))
            default:
                self = .database(code: error.extendedResultCode.rawValue, message: error.message ?? "no message")
            }
        default: self = .database(code: -1, message: "\(type(of: error))")
        }
    }
}
