import Platform

/// Why a store's file, or the place for one, is refused. The description states the problem; the program that meets
/// it knows the remedy.
package enum StoreFileError: Error, Hashable, Sendable {
    /// Group or others have rights on the file or folder.
    case openToOthers(path: String, mode: UInt32)
    /// It belongs to the user with this id.
    case ownedByOther(path: String, owner: UInt32)
    case symbolicLink(path: String)
    /// Something other than the file that belongs there.
    case notAFile(path: String)
    case notAFolder(path: String)
    /// There is no such file.
    case missing(path: String)
    /// A file system of this type, to which several machines can write.
    case networkFileSystem(path: String, type: String)
    case readOnly(path: String)
    /// A system call, its path and its `errno`.
    case system(call: String, path: String, code: Int32)
}

extension StoreFileError: CustomStringConvertible {
    /// The problem, in one line.
    package var description: String {
        switch self {
        case .openToOthers(let path, let mode):
            "\(path) is open to other users (mode 0\(String(mode & 0o777, radix: 8)))"
        case .ownedByOther(let path, let owner): "\(path) belongs to another user (user id \(owner))"
        case .symbolicLink(let path): "\(path) is a symbolic link"
        case .notAFile(let path): "\(path) is not a file"
        case .notAFolder(let path): "\(path) is not a folder"
        case .missing(let path): "there is no file \(path)"
        case .networkFileSystem(let path, let type): "\(path) is on a network file system (\(type))"
        case .readOnly(let path): "\(path) cannot be written to"
        case .system(let call, let path, let code): "\(call) \(path): \(SystemError(code: code))"
        }
    }
}
