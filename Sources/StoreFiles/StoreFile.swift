import Glibc
import Platform

/// A store's SQLite file and the files beside it: nobody else may read them.
package struct StoreFile: Sendable {
    /// With the folder's symbolic links resolved.
    package let path: String

    private let folder: String

    /// Finds the file's folder, creates it if requested, and checks both and every file beside it
    /// that SQLite would use.
    ///
    /// - Parameter creating: creates missing folders (0700) and the file (0600); otherwise a missing
    ///   file is an error.
    package init(_ path: String, creating: Bool) throws(StoreFileError) {
        let (parent, name) = FilePath.split(path)
        guard !name.isEmpty, name != ".", name != ".." else { throw StoreFileError.notAFile(path: path) }
        if creating {
            do {
                try Self.makeFolders(parent)
            } catch .system("mkdir", _, let code) {
                // Name the innermost folder, because creating it also creates those above it.
                throw StoreFileError.system(call: "mkdir", path: parent, code: code)
            }
        }
        guard let folder = unsafe realpath(parent, nil) else {
            if !creating, errno == ENOENT { throw StoreFileError.missing(path: path) }
            throw StoreFileError.system(call: "realpath", path: parent, code: errno)
        }
        defer { unsafe free(folder) }
        self.folder = unsafe String(cString: folder)
        self.path = self.folder == "/" ? "/\(name)" : "\(self.folder)/\(name)"
        try checkFolder()
        if creating { try create() }
        guard try Self.check(self.path) else { throw StoreFileError.missing(path: self.path) }
        // SQLite creates these with the mode of the file; existing ones must be as private.
        for suffix in ["-wal", "-shm", "-journal"] { _ = try Self.check(self.path + suffix) }
    }

    private func checkFolder() throws(StoreFileError) {
        var status = stat()
        guard unsafe lstat(folder, &status) == 0 else {
            throw StoreFileError.system(call: "lstat", path: folder, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw StoreFileError.notAFolder(path: folder) }
        try Self.checkOwner(status, folder)
        // Readers need it as well, because SQLite coordinates readers and writers by files beside it.
        guard unsafe access(folder, W_OK) == 0 else {
            throw errno == EROFS || errno == EACCES
                ? StoreFileError.readOnly(path: folder)
                : StoreFileError.system(call: "access", path: folder, code: errno)
        }
        if let type = try FileSystem(of: folder).networkType {
            throw StoreFileError.networkFileSystem(path: folder, type: type)
        }
    }

    /// False if there is no such file.
    private static func check(_ path: String) throws(StoreFileError) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw StoreFileError.system(call: "lstat", path: path, code: errno)
        }
        guard status.st_mode & S_IFMT != S_IFLNK else { throw StoreFileError.symbolicLink(path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreFileError.notAFile(path: path) }
        try checkOwner(status, path)
        return true
    }

    private static func checkOwner(_ status: stat, _ path: String) throws(StoreFileError) {
        switch FileExposure(status) {
        case .ownedByOther(let owner): throw StoreFileError.ownedByOther(path: path, owner: owner)
        case .openToOthers(let mode): throw StoreFileError.openToOthers(path: path, mode: mode)
        case nil: break
        }
        guard status.st_mode & 0o200 != 0 else { throw StoreFileError.readOnly(path: path) }
    }

    /// Existing folders keep their modes.
    private static func makeFolders(_ folder: String) throws(StoreFileError) {
        var status = stat()
        if unsafe stat(folder, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw StoreFileError.notAFolder(path: folder) }
            return
        }
        let parent = FilePath.split(folder).folder
        if parent != "/", parent != "." { try makeFolders(parent) }
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw StoreFileError.system(call: "mkdir", path: folder, code: errno)
        }
    }

    /// An empty file is an empty database. It exists with its mode before SQLite sees it.
    private func create() throws(StoreFileError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw errno == EROFS || errno == EACCES
                ? StoreFileError.readOnly(path: path) : StoreFileError.system(call: "open", path: path, code: errno)
        }
        close(descriptor)
    }
}
