import StoreFiles

extension ReplicaError: CustomStringConvertible {
    /// The problem, in one line.
    package var description: String {
        switch self {
        case .file(.missing(let path)): "there is no replica at \(path)"
        case .file(let error): error.description
        case .corrupt(let path): "\(path) is damaged, or not an SQLite database"
        case .notAReplica(let path): "\(path) is a database of another program"
        case .olderSchema(let found, let known): "the replica has schema \(found), but this program needs \(known)"
        case .newerSchema(let found, let known):
            "the replica has schema \(found), but this program knows only schemas up to \(known)"
        case .otherProvider(let found, let expected):
            "the replica belongs to the provider \(found), but the settings name \(expected)"
        case .otherSource(.api(let found, let expected)):
            "the replica's records came from \(found), but the settings name \(expected)"
        case .otherSource(.client): "the replica's records were pulled with another client id than the settings name"
        case .locked(let path): "another program has locked \(path)"
        case .runInProgress(let process, let since):
            "another run holds the lock" + (process.map { ": process \($0)" } ?? "")
                + (since.map { ", since \($0)" } ?? "")
        case .diskFull(let path): "no space is left for \(path)"
        case .invalidName(let name): "\(name) is not a valid name of a resource or field"
        case .database(let code, let message): "SQLite: \(message) (\(code))"
        }
    }
}
