package import Journal

extension JournalError {
    /// What the operator can do about it.
    package var remedy: String {
        switch self {
        case .file(let error):
            error.remedy(
                of: "journal", "WELKIN_JOURNAL", content: "says who read whose data",
                missing: "correct WELKIN_JOURNAL; `welkin-worker serve` creates a journal")
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
}
