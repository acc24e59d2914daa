import Glibc
import Platform

/// What an operator's path for output turns out to be.
package struct OutputTarget: Sendable {
    enum Kind: Sendable, Hashable {
        /// A plain file, there or not; with the links to it followed.
        case file(String)
        /// Something else, to be written into.
        case stream
        /// A stream that this process has open already, such as `/dev/stdout`.
        case own(Int32)
    }

    /// Why nothing is written there.
    package enum Refusal: Error, Hashable, CustomStringConvertible {
        case folder(String)
        case socket(String)
        /// The replica, or what belongs to it.
        case replica(String)
        case links(String)

        /// One line.
        package var description: String {
            switch self {
            case .folder(let path): "\(path) is a folder: name a file in it"
            case .socket(let path): "\(path) is a socket: name a file, a device or a pipe"
            case .replica(let path): "\(path) is the replica or belongs to it, and would be lost: name another file"
            case .links(let path): "\(path) is a symbolic link that leads to itself: name another file"
            }
        }
    }

    /// As it was given.
    package let path: String
    let kind: Kind

    /// Looks, and makes nothing.
    ///
    /// - Parameter replica: the replica's file, which is not there for this.
    package init(_ path: String, besides replica: String) throws(Refusal) {
        self.path = path
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        let end = try Self.end(of: path)
        let protected = ProtectedFiles(of: replica)
        guard !protected.contain(end.path), !(isThere && protected.contain(status)) else { throw .replica(path) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR where isThere: throw .folder(path)
        case S_IFSOCK where isThere: throw .socket(path)
        default:
            if let descriptor = end.descriptor {
                kind = .own(descriptor)
            } else if isThere, status.st_mode & S_IFMT != S_IFREG {
                kind = .stream
            } else {
                guard !end.path.hasSuffix("/") else { throw .folder(path) }
                kind = .file(end.path)
            }
        }
    }

    /// Follows links, as far as to a file that is not there yet; and finds out whether it is one of our own streams,
    /// which are no links that could be followed by their text.
    private static func end(of path: String) throws(Refusal) -> (path: String, descriptor: Int32?) {
        var current = path
        // As many as Linux itself follows.
        for _ in 0..<40 {
            var status = stat()
            guard unsafe lstat(current, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return (current, nil) }
            let (folder, name) = FilePath.split(current)
            if ProtectedFiles.real(folder) == "/proc/\(getpid())/fd", let descriptor = Int32(name) {
                return (current, descriptor)
            }
            var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe readlink(current, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
            }
            guard count > 0 else { return (current, nil) }
            let target = String(decoding: bytes[..<count], as: UTF8.self)
            current = target.hasPrefix("/") ? target : "\(folder)/\(target)"
        }
        throw .links(path)
    }
}
