import Platform

/// Why there is no socket to listen on.
package enum SocketError: Error, Equatable, CustomStringConvertible {
    /// The inherited socket is no Unix socket.
    case notUnix
    /// More bytes than a socket's path may have.
    case pathTooLong(Int)
    case unknownGroup(String)
    /// Something that is no socket is where it is to be; it is left as it is.
    case occupied(path: String)
    /// A system call and its `errno`.
    case system(String, Int32)
    /// A system call on the socket's path, and its `errno`.
    case path(String, path: String, Int32)

    /// What is wrong and what to do, for the operator.
    package var description: String {
        switch self {
        case .notUnix:
            "standard input is a TCP socket; use a Unix socket, whose permissions decide who can connect"
        case .pathTooLong(let limit): "the socket path is too long: at most \(limit) bytes with our suffix"
        case .unknownGroup(let name): "group \(name) is not in /etc/group; its number also works"
        case .occupied(let path): "\(path) already exists and is not a socket; choose another path, or move it"
        case .system(let call, let code): "\(call): \(SystemError(code: code))"
        case .path(let call, let path, let code): "\(call) \(path): \(SystemError(code: code))"
        }
    }
}
