import Glibc
package import Journal
import StoreFiles

extension JournalError {
    /// What the operator can do about it.
    package var remedy: String {
        switch self {
        case .file(let error): Self.remedy(error)
        case .corrupt:
            "put a backup in its place, and keep the damaged file and its -wal, which may hold what the backup lacks"
        case .notAJournal: "name another file in WELKIN_JOURNAL"
        case .olderSchema: "any command that writes to it updates it"
        case .newerSchema: "use the version of the program that wrote it, or a newer one"
        case .otherProvider: "name another file in WELKIN_JOURNAL, or correct WELKIN_PROVIDER_ID"
        case .locked(let path):
            "end that program or its transaction (as root, `fuser -v \(path)` shows which it is), and run this again"
        case .diskFull: "free disk space"
        case .moved:
            "put it back with its -wal and -shm, or end every program that has it open; keep other programs away from it"
        case .closed: "run this again"
        case .database: "look up the code at https://www.sqlite.org/rescode.html"
        }
    }

    private static func remedy(_ error: StoreFileError) -> String {
        switch error {
        case .openToOthers(let path, let mode):
            "run `chmod \(mode & 0o40000 != 0 ? "700" : "600") \(path)`; the journal says who read whose data"
        case .ownedByOther(let path, _):
            "run this as the user who owns the journal, or give it to this user with chown: \(path)"
        case .symbolicLink: "name the file itself in WELKIN_JOURNAL"
        case .notAFile, .notAFolder: "name a file in a folder of its own in WELKIN_JOURNAL"
        case .missing: "correct WELKIN_JOURNAL; `welkin-worker serve` creates a journal"
        case .networkFileSystem: "put the journal on a local disk: SQLite's locks do not hold across machines"
        case .readOnly: "make the file, its folder and the file system writable for this user"
        case .system("mkdir", let path, _): "create it as root: install -d -m 700 -o \(geteuid()) \(path)"
        case .system: "fix what the system reports"
        }
    }
}
