package import StoreFiles

/// Why a journal cannot be used, or an operation on it failed. The description states the problem; the program that
/// meets it knows the remedy.
package enum JournalError: Error, Hashable, Sendable {
    /// The file or its place is refused, or a system call failed.
    case file(StoreFileError)
    /// Not an SQLite database, or a damaged one.
    case corrupt(path: String)
    /// An SQLite database that another program created.
    case notAJournal(path: String)
    /// Written by an older version of this program, and opened only to read: opening it to write updates it.
    case olderSchema(found: Int, known: Int)
    /// Written by a newer version of this program.
    case newerSchema(found: Int, known: Int)
    case otherProvider(found: String, expected: String)
    /// Another program locked the database for longer than the timeout.
    case locked(path: String)
    case diskFull(path: String)
    /// The file, or one beside it that belongs to it, was removed or replaced while it was open.
    case moved(path: String)
    /// It was closed before.
    case closed
    /// SQLite's message and extended result code, never with values.
    case database(code: Int32, message: String)
}

extension JournalError: CustomStringConvertible {
    /// The problem, in one line.
    package var description: String {
        switch self {
        case .file(.missing(let path)): "there is no journal at \(path)"
        case .file(let error): error.description
        case .corrupt(let path): "\(path) is damaged, or not an SQLite database"
        case .notAJournal(let path): "\(path) is a database of another program"
        case .olderSchema(let found, let known): "the journal has schema \(found), but this program needs \(known)"
        case .newerSchema(let found, let known):
            "the journal has schema \(found), but this program knows only schemas up to \(known)"
        case .otherProvider(let found, let expected):
            "the journal belongs to the provider \(found), but the settings name \(expected)"
        case .locked(let path): "another program has locked \(path)"
        case .diskFull(let path): "no space is left for \(path)"
        case .moved(let path): "\(path) was removed or replaced while it was open"
        case .closed: "the journal is closed"
        case .database(let code, let message): "SQLite: \(message) (\(code))"
        }
    }
}
