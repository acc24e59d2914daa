package import Replica

extension ReplicaError {
    /// What the operator can do about it.
    package var remedy: String {
        switch self {
        case .file(let error):
            error.remedy(
                of: "replica", "WELKIN_REPLICA", content: "holds health data",
                missing: "run `welkin-worker sync` first, or correct WELKIN_REPLICA")
        case .corrupt:
            "move the file and its -wal and -shm aside and run `welkin-worker sync`, which fetches everything anew"
        case .notAReplica: "name another file in WELKIN_REPLICA"
        case .olderSchema: "run `welkin-worker sync` once, which updates it"
        case .newerSchema: "use the version of the program that wrote it, or a newer one"
        case .otherProvider: "name another file in WELKIN_REPLICA, or correct WELKIN_PROVIDER_ID"
        case .otherSource:
            "name another file in WELKIN_REPLICA; if the Welkin environment is the same, run once with --accept-change"
        case .locked(let path):
            "end that program or its transaction (as root, `fuser -v \(path)` shows which it is), and run this again"
        case .runInProgress: "wait until it ends; its lock ends with its process"
        case .diskFull: "free disk space; nothing is lost, and the next run continues where this one stopped"
        case .invalidName:
            "use at most 40 lower-case letters, digits and underscores; start with a letter, not with a reserved word"
        case .database: "look up the code at https://www.sqlite.org/rescode.html"
        }
    }
}
