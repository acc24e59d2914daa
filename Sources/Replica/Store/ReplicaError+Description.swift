internal import Glibc

extension ReplicaError: CustomStringConvertible {
    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .openToOthers(let path, let mode):
            "\(path) is open to other users (mode 0\(String(mode & 0o777, radix: 8)))"
        case .ownedByOther(let path, let owner): "\(path) belongs to another user (number \(owner))"
        case .symbolicLink(let path): "\(path) is a symbolic link"
        case .notAFile(let path): "\(path) is not a file"
        case .notAFolder(let path): "\(path) is not a folder"
        case .missing(let path): "there is no replica at \(path)"
        case .networkFileSystem(let path, let type): "\(path) is on a network file system (\(type))"
        case .readOnly(let path): "\(path) cannot be written to"
        case .corrupt(let path): "\(path) is damaged, or no SQLite database"
        case .notAReplica(let path): "\(path) is a database of another program"
        case .olderSchema(let found, let known): "the replica has schema \(found), and this program needs \(known)"
        case .newerSchema(let found, let known):
            "the replica has schema \(found), and this program knows no newer one than \(known)"
        case .otherProvider(let found, let expected):
            "the replica belongs to the provider \(found), and the settings name \(expected)"
        case .otherSource(.api(let found, let expected)):
            "the replica's records came from \(found), and the settings name \(expected)"
        case .otherSource(.client): "the replica's records were pulled with another client id than the settings name"
        case .locked(let path): "another program has \(path) locked"
        case .runInProgress(let process, let since):
            "another run holds the lock" + (process.map { ": process \($0)" } ?? "")
                + (since.map { ", since \($0)" } ?? "")
        case .diskFull(let path): "there is no space left for \(path)"
        case .invalidName(let name): "\(name) is no name for a resource or a field of one"
        case .system(let call, let path, let code): "\(call) \(path): \(systemError(code))"
        case .database(let code, let message): "SQLite: \(message) (\(code))"
        }
    }

    /// What the operator can do about it.
    public var remedy: String {
        switch self {
        case .openToOthers(let path, let mode):
            "chmod \(mode & 0o40000 != 0 ? "700" : "600") \(path); the replica holds health data"
        case .ownedByOther(let path, _):
            "run this as the user who owns the replica, or give it to this user with chown: \(path)"
        case .symbolicLink: "name the file itself in WELKIN_REPLICA"
        case .notAFile, .notAFolder: "name a file in a folder of its own in WELKIN_REPLICA"
        case .missing: "run `welkin-worker sync` first, or correct WELKIN_REPLICA"
        case .networkFileSystem: "put the replica on a local disk: SQLite's locks do not hold across machines"
        case .readOnly: "make the file, its folder and the file system writable for this user"
        case .corrupt:
            "move the file and its -wal and -shm aside and run `welkin-worker sync`, which fetches everything anew"
        case .notAReplica: "name another file in WELKIN_REPLICA"
        case .olderSchema: "run `welkin-worker sync` once, which brings it up to date"
        case .newerSchema: "use the version of the program that wrote it, or a newer one"
        case .otherProvider: "name another file in WELKIN_REPLICA, or correct WELKIN_PROVIDER_ID"
        case .otherSource:
            "name another file in WELKIN_REPLICA; or, where it is the same Welkin environment, run this once with --accept-change"
        case .locked(let path):
            "end that program or its transaction (as root, `fuser -v \(path)` says which it is), and run this again"
        case .runInProgress: "wait until it has ended; the lock ends with its process"
        case .diskFull: "make room; nothing is lost, and the next run goes on where this one stopped"
        case .invalidName:
            "use at most 40 lower-case letters, digits and underscores, a letter first, not beginning with a reserved word"
        case .system("mkdir", let path, _): "make it as root: install -d -m 700 -o \(geteuid()) \(path)"
        case .system: "put right what the system says"
        case .database: "see what the code means at https://www.sqlite.org/rescode.html"
        }
    }
}
