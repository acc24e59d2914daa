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
            "standard input is a TCP port; use a Unix socket, whose permissions decide who may connect"
        case .pathTooLong(let limit): "the socket's path is too long: at most \(limit) bytes with our suffix"
        case .unknownGroup(let name): "there is no group \(name) in /etc/group; its number works too"
        case .occupied(let path): "\(path) is there already and is no socket; name another path, or move it away"
        case .system(let call, let code): "\(call): \(SystemError(code: code))"
        case .path(let call, let path, let code): "\(call) \(path): \(SystemError(code: code))"
        }
    }
}
