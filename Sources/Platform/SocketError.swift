/// Why there is no socket to listen on.
package enum SocketError: Error, Equatable, CustomStringConvertible {
    /// The inherited socket is not a Unix socket.
    case notUnix
    /// The path has more bytes than a socket's path can have.
    case pathTooLong(Int)
    case unknownGroup(String)
    /// The path exists and is not a socket; it is left alone.
    case occupied(path: String)
    /// A system call and its `errno`.
    case system(String, Int32)
    /// A system call on the socket's path, and its `errno`.
    case path(String, path: String, Int32)

    /// The problem and the remedy, for the operator.
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
