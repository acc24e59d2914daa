package import Records

/// Why a replica cannot be used, or an operation on it failed. The description says what is wrong; what
/// to do, the program that met it knows.
package enum ReplicaError: Error, Hashable, Sendable {
    /// Group or others have rights on the file or folder.
    case openToOthers(path: String, mode: UInt32)
    /// It belongs to another user, whose number this is.
    case ownedByOther(path: String, owner: UInt32)
    case symbolicLink(path: String)
    /// Something else where a file has to be.
    case notAFile(path: String)
    case notAFolder(path: String)
    /// There is no replica to read from.
    case missing(path: String)
    /// A file system that several machines can write to, by its type.
    case networkFileSystem(path: String, type: String)
    case readOnly(path: String)
    /// Not an SQLite database, or a damaged one.
    case corrupt(path: String)
    /// An SQLite database that something else made.
    case notAReplica(path: String)
    /// Written by an older version of this program, and to be read only: opening it to write brings it up to date.
    case olderSchema(found: Int, known: Int)
    /// Written by a newer version of this program.
    case newerSchema(found: Int, known: Int)
    case otherProvider(found: String, expected: String)
    /// The records came from somewhere else than the settings name.
    case otherSource(SourceChange)
    /// Another program kept the database locked for longer than is waited for.
    case locked(path: String)
    /// Another run holds the lock: its process and its beginning, where it could be read.
    case runInProgress(process: Int32?, since: Instant?)
    case diskFull(path: String)
    /// No name for a table or column.
    case invalidName(String)
    /// A system call, what on, and its `errno`.
    case system(call: String, path: String, code: Int32)
    /// What SQLite says, with its extended result code; never with values.
    case database(code: Int32, message: String)
}

extension ReplicaError {
    /// What about a replica's source is another.
    package enum SourceChange: Hashable, Sendable {
        case api(found: String, expected: String)
        /// The client's id, which is not told.
        case client
    }

    /// What an error asks for.
    package enum Kind: Hashable, Sendable {
        /// Settings or permissions have to be put right first.
        case settings
        /// It failed.
        case failed
        /// Another run of ours is at it, and does what this one was to do.
        case busy
    }

    /// What the error asks for.
    package var kind: Kind {
        switch self {
        case .runInProgress: .busy
        case .system("mkdir", _, _): .settings
        case .locked, .corrupt, .diskFull, .system, .database: .failed
        case .openToOthers, .ownedByOther, .symbolicLink, .notAFile, .notAFolder, .missing, .networkFileSystem,
            .readOnly, .notAReplica, .olderSchema, .newerSchema, .otherProvider, .otherSource, .invalidName:
            .settings
        }
    }
}
