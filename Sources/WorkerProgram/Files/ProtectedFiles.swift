import Glibc
import Platform

/// A store and the files beside it, which no output may replace. They are recognised by path and by inode,
/// because a hard link has a different path.
struct ProtectedFiles {
    private let paths: [String]

    /// - Parameter store: the file; neither it nor its companions need to exist.
    init(of store: String) {
        let place = Self.place(of: store)
        paths = ["", "-wal", "-shm", "-journal", ".lock", ".token"].map { place + $0 }
    }

    /// Whether a path is one of them, even if no such file exists.
    func contain(_ path: String) -> Bool { paths.contains(Self.place(of: path)) }

    /// Whether a file is one of them.
    func contain(_ status: stat) -> Bool {
        paths.contains { path in
            var other = stat()
            return unsafe stat(path, &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino
        }
    }

    /// The path, with the links in its folder resolved.
    private static func place(of path: String) -> String {
        let (folder, name) = FilePath.split(path)
        return (real(folder) ?? folder) + "/" + name
    }

    /// A folder's path without links; nil if there is no such folder.
    static func real(_ folder: String) -> String? {
        guard let path = unsafe realpath(folder, nil) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
