import Glibc
import StoreFiles

extension StoreFileError {
    /// What the operator can do about it.
    ///
    /// - Parameters:
    ///   - store: `replica` or `journal`
    ///   - setting: the setting that names the file
    ///   - content: why nobody else may read it
    ///   - missing: what to do where there is none
    func remedy(of store: String, _ setting: String, content: String, missing: String) -> String {
        switch self {
        case .openToOthers(let path, let mode):
            "run `chmod \(mode & 0o40000 != 0 ? "700" : "600") \(path)`; the \(store) \(content)"
        case .ownedByOther(let path, _):
            "run this as the user who owns the \(store), or give it to this user with chown: \(path)"
        case .symbolicLink: "name the file itself in \(setting)"
        case .notAFile, .notAFolder: "name a file in a folder of its own in \(setting)"
        case .missing: missing
        case .networkFileSystem: "put the \(store) on a local disk: SQLite's locks do not hold across machines"
        case .readOnly: "make the file, its folder and the file system writable for this user"
        case .system("mkdir", let path, _): "create it as root: install -d -m 700 -o \(geteuid()) \(path)"
        case .system: "fix what the system reports"
        }
    }
}
