import Glibc
import Platform

/// The place where a store will be created.
package enum StorePlace {
    /// Checks whether a missing store could be created: its folder, or the nearest existing one above it,
    /// accepts new files and is on a disk of this machine. Creates nothing.
    package static func check(_ path: String) throws(StoreFileError) {
        var folder = parent(of: path)
        var status = stat()
        while unsafe stat(folder, &status) != 0 {
            guard errno == ENOENT, folder != "/", folder != "." else {
                throw errno == EACCES
                    ? StoreFileError.readOnly(path: folder)
                    : StoreFileError.system(call: "stat", path: folder, code: errno)
            }
            folder = parent(of: folder)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw StoreFileError.notAFolder(path: folder) }
        guard unsafe access(folder, W_OK | X_OK) == 0 else {
            let wanted = parent(of: path)
            throw folder == wanted
                ? StoreFileError.readOnly(path: folder)
                : StoreFileError.system(call: "mkdir", path: wanted, code: errno)
        }
        if let type = try FileSystem(of: folder).networkType {
            throw StoreFileError.networkFileSystem(path: folder, type: type)
        }
    }

    private static func parent(of path: String) -> String { FilePath.split(path).folder }
}
