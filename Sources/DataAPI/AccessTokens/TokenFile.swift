import Glibc
import Platform
import StrictJSON
import Tokens

/// A token store in one file that nobody else can read (mode 0600).
public struct TokenFile: TokenStore {
    /// Why the file cannot be used. The client continues without it and reports that.
    public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// It belongs to another user, or its mode gives others access.
        case exposed(path: String)
        /// A system call failed.
        case system(path: String, message: String)

        /// One line.
        public var description: String {
            switch self {
            case .exposed(let path): "\(path) must belong to this user and have mode 0600; its token is not used"
            case .system(let path, let message): "\(path): \(message)"
            }
        }
    }

    private let path: String

    /// - Parameter path: in a folder that exists; the file is created when needed.
    public init(path: String) { self.path = path }

    /// Nil if there is no file, or it has another name or unreadable content.
    public func load(_ name: String) throws -> AccessToken? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure()
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure() }
        guard FileExposure(status) == nil, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure.exposed(path: path)
        }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Descriptor.read(file, limit: 64 * 1024)
        } catch {
            throw Failure.system(path: path, message: "\(error)")
        }
        guard let root = try? JSONDocument(parsing: bytes).root, root["name"]?.equals(name) == true,
            let token = root["token"]?.utf8, let renewAt = root["renew_at"]?.string.flatMap({ Instant($0) })
        else { return nil }
        return AccessToken(value: Secret(token), renewAt: renewAt)
    }

    /// Replaces the file as a whole, so that another run never sees half of it.
    public func save(_ token: AccessToken, _ name: String) throws {
        var json = JSONWriter()
        json.object {
            $0.member("name", name)
            $0.member("token", token.revealed)
            $0.member("renew_at", token.renewAt.description)
        }
        do throws(FileFailure) {
            let file = try AtomicFile(path, mode: 0o600)
            try file.write(json.bytes)
            try file.commit()
        } catch {
            throw Failure.system(path: path, message: "\(error.error)")
        }
    }

    private func failure() -> Failure { .system(path: path, message: "\(SystemError.last)") }
}
