import Glibc
import Platform

/// The kind of file to which an operator's output path leads.
package struct OutputTarget: Sendable {
    enum Kind: Sendable, Hashable {
        /// A regular file, which may not exist yet; its path has no links.
        case file(String)
        /// Something else, such as a device or a pipe.
        case stream
        /// A stream that this process already has open, such as `/dev/stdout`.
        case own(Int32)
    }

    /// Why output must not go there.
    package enum Refusal: Error, Hashable, CustomStringConvertible {
        case folder(String)
        case socket(String)
        /// The replica, or a file that belongs to it.
        case replica(String)
        /// The journal, or a file that belongs to it.
        case journal(String)
        case links(String)

        /// One line.
        package var description: String {
            switch self {
            case .folder(let path): "\(path) is a folder: name a file in it"
            case .socket(let path): "\(path) is a socket: name a file, a device or a pipe"
            case .replica(let path): "\(path) is the replica or belongs to it, and would be lost: name another file"
            case .journal(let path): "\(path) is the journal or belongs to it, and would be lost: name another file"
            case .links(let path): "\(path) is a symbolic link that leads to itself: name another file"
            }
        }
    }

    /// As the operator gave it.
    package let path: String
    let kind: Kind

    /// Inspects the path; creates nothing.
    ///
    /// - Parameters:
    ///   - replica: the replica's file, which output must not overwrite.
    ///   - journal: the journal's, likewise.
    package init(_ path: String, besides replica: String, _ journal: String) throws(Refusal) {
        self.path = path
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        let end = try Self.end(of: path)
        for (store, refusal) in [(replica, Refusal.replica(path)), (journal, .journal(path))] {
            let protected = ProtectedFiles(of: store)
            guard !protected.contain(end.path), !(isThere && protected.contain(status)) else { throw refusal }
        }
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

    /// Follows links, even to a file that does not exist yet. Recognises our own streams, whose links cannot be
    /// followed by their text.
    private static func end(of path: String) throws(Refusal) -> (path: String, descriptor: Int32?) {
        var current = path
        // As many links as Linux itself follows.
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
