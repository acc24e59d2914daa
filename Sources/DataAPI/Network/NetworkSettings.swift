import Glibc
import NIOSSL
import Platform

/// How to reach other hosts, and which certificates to trust. By default: directly, and those of the system's
/// authorities.
public struct NetworkSettings: Sendable {
    /// The proxy for `https`; nil for none. `http`, which is only for this machine, never uses it.
    public var proxy: Proxy?
    /// The hosts that are reached without the proxy.
    public var exceptions: ProxyExceptions
    /// PEM files, and folders of hashed ones, of the authorities to trust; empty for the system's.
    public var authorities: [String]

    /// - Parameters:
    ///   - proxy: the proxy for `https`.
    ///   - exceptions: need not include hosts of this machine.
    ///   - authorities: see ``problem(withAuthorities:)``.
    public init(proxy: Proxy? = nil, exceptions: ProxyExceptions = ProxyExceptions(""), authorities: [String] = []) {
        self.proxy = proxy
        self.exceptions = exceptions
        self.authorities = authorities
    }

    /// The proxy for a request to this origin. A request to this machine never leaves it.
    package func proxy(for origin: Origin) -> Proxy? {
        guard origin.scheme == "https", !origin.isLoopback, !exceptions.contain(origin) else { return nil }
        return proxy
    }
}

extension NetworkSettings {
    /// Why a PEM file of authorities cannot be used; nil if it can. Does not name the file.
    public static func problem(withAuthorities path: String) -> String? {
        do {
            return try NIOSSLCertificate.fromPEMFile(path).isEmpty ? "its file has no certificate" : nil
        } catch {
            return isReadable(path)
                ? "its file holds something other than PEM certificates" : "its file cannot be read"
        }
    }

    /// Why a folder of authorities cannot be used; nil if it can. Does not name the folder.
    public static func problem(withAuthorityFolder path: String) -> String? {
        isReadable(path + "/.") ? nil : "its folder cannot be read"
    }

    private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
