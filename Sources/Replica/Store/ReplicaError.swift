package import Records
package import StoreFiles

/// Why a replica cannot be used, or an operation on it failed. The description states the problem; the
/// program that meets it knows the remedy.
package enum ReplicaError: Error, Hashable, Sendable {
    /// The file or its place is refused, or a system call failed.
    case file(StoreFileError)
    /// Not an SQLite database, or a damaged one.
    case corrupt(path: String)
    /// An SQLite database that another program created.
    case notAReplica(path: String)
    /// Written by an older version of this program, and opened only to read: opening it to write updates it.
    case olderSchema(found: Int, known: Int)
    /// Written by a newer version of this program.
    case newerSchema(found: Int, known: Int)
    case otherProvider(found: String, expected: String)
    /// The records came from a different source than the settings name.
    case otherSource(SourceChange)
    /// Another program locked the database for longer than the timeout.
    case locked(path: String)
    /// Another run holds the lock: its process and start time, if they could be read.
    case runInProgress(process: Int32?, since: Instant?)
    case diskFull(path: String)
    /// Not a valid name for a table or column.
    case invalidName(String)
    /// SQLite's message and extended result code, never with values.
    case database(code: Int32, message: String)
}

extension ReplicaError {
    /// The part of a replica's source that differs.
    package enum SourceChange: Hashable, Sendable {
        case api(found: String, expected: String)
        /// The client's id, which is not revealed.
        case client
    }

    /// How a program must react to an error.
    package enum Kind: Hashable, Sendable {
        /// Settings or permissions must be fixed first.
        case settings
        /// It failed.
        case failed
        /// Another run of this program is in progress, and does the work of this one.
        case busy
    }

    /// How a program must react to the error.
    package var kind: Kind {
        switch self {
        case .runInProgress: .busy
        case .file(.system("mkdir", _, _)): .settings
        case .locked, .corrupt, .diskFull, .file(.system), .database: .failed
        case .file, .notAReplica, .olderSchema, .newerSchema, .otherProvider, .otherSource, .invalidName: .settings
        }
    }
}
