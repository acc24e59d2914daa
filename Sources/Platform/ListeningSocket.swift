import Glibc

/// A listening Unix socket, ours or inherited.
package struct ListeningSocket: ~Copyable, Sendable {
    /// The socket's descriptor.
    package let descriptor: Int32
    /// The path that we bound and the file created there; nil when it was inherited.
    private let name: (path: String, identity: FileIdentity?)?

    /// How many connections may wait; the kernel's own limit (`net.core.somaxconn`) caps it.
    package static let backlog: Int32 = 1024

    /// Whether standard input is a listening socket: spawn-fcgi, systemd and mod_fcgid start a
    /// FastCGI program that way (FastCGI 1.0, section 2.2).
    package static var isInherited: Bool {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let status = unsafe getsockopt(0, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size)
        return status == 0 && isListening == 1
    }

    /// Takes the listening socket on standard input.
    ///
    /// - Throws: ``SocketError/notUnix`` for a TCP socket: anybody who reaches it could act as the
    ///   web server.
    package static func inherited() throws(SocketError) -> ListeningSocket {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            unsafe getsockname(0, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &size)
        }
        guard status == 0, address.ss_family == sa_family_t(AF_UNIX) else { throw .notUnix }
        return ListeningSocket(descriptor: 0, name: nil)
    }

    /// Binds `path` and listens. Replaces an existing socket atomically, so that a new process can
    /// take over while the old one still answers the connections it has accepted. Replaces nothing
    /// else, not even a link.
    ///
    /// - Parameters:
    ///   - mode: the permissions of the socket, such as `0o660`.
    ///   - group: the socket's group, by name or number; nil for our own.
    package static func bind(
        path: String, mode: UInt32, group: String?
    ) throws(SocketError) -> ListeningSocket {
        let temporary = "\(path).\(getpid())"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard temporary.utf8.count < capacity else { throw .pathTooLong(capacity - 1) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: temporary.utf8) }

        for taken in [path, temporary] {
            guard FileIdentity(of: taken)?.isSocket ?? true else { throw .occupied(path: taken) }
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("socket", errno) }
        _ = unsafe unlink(temporary)
        let bound = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe Glibc.bind(
                descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        guard bound == 0 else { throw .path("bind", path: path, errno) }
        let identity = FileIdentity(of: temporary)
        do {
            try prepare(descriptor, temporary, path, mode: mode, group: group)
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        return ListeningSocket(descriptor: descriptor, name: (path, identity))
    }

    private static func prepare(
        _ descriptor: Int32, _ temporary: String, _ path: String, mode: UInt32, group: String?
    ) throws(SocketError) {
        if let group {
            guard let number = Group.number(of: group) else { throw .unknownGroup(group) }
            guard unsafe chown(temporary, uid_t.max, number) == 0 else { throw .path("chown", path: path, errno) }
        }
        guard unsafe chmod(temporary, mode) == 0 else { throw .path("chmod", path: path, errno) }
        guard listen(descriptor, backlog) == 0 else { throw .path("listen", path: path, errno) }
        guard unsafe rename(temporary, path) == 0 else { throw .path("rename", path: path, errno) }
    }

    /// Removes our socket's name, unless another process has replaced it since, so that no new
    /// connections arrive while the last ones are answered.
    package func removeName() {
        guard let name, FileIdentity(of: name.path) == name.identity else { return }
        _ = unsafe unlink(name.path)
    }
}

/// Identifies the file at a path, whatever its name.
struct FileIdentity: Equatable {
    private let device: dev_t
    private let inode: ino_t
    let isSocket: Bool

    /// Nil when the file does not exist.
    init?(of path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
        isSocket = status.st_mode & S_IFMT == S_IFSOCK
    }
}
