import Glibc
import NIOSSL
import Platform

/// How hosts elsewhere are reached, and whose certificates are believed. With its defaults: directly, and the
/// system's authorities.
public struct NetworkSettings: Sendable {
    /// What `https` goes through; nil for none. `http`, which is for this machine alone, never does.
    public var proxy: Proxy?
    /// The hosts that are reached without it.
    public var exceptions: ProxyExceptions
    /// PEM files and folders of hashed ones with the authorities to trust; empty for the system's.
    public var authorities: [String]

    /// - Parameters:
    ///   - exceptions: hosts of this machine need not be among them.
    ///   - authorities: see ``problem(withAuthorities:)``.
    public init(proxy: Proxy? = nil, exceptions: ProxyExceptions = ProxyExceptions(""), authorities: [String] = []) {
        self.proxy = proxy
        self.exceptions = exceptions
        self.authorities = authorities
    }

    /// What a request to this origin goes through. Nothing sends it off this machine that is meant for it.
    package func proxy(for origin: Origin) -> Proxy? {
        guard origin.scheme == "https", !origin.isLoopback, !exceptions.contain(origin) else { return nil }
        return proxy
    }
}

extension NetworkSettings {
    /// Why a PEM file of authorities is of no use; nil when it is. Does not name it.
    public static func problem(withAuthorities path: String) -> String? {
        do {
            return try NIOSSLCertificate.fromPEMFile(path).isEmpty ? "there is no certificate in its file" : nil
        } catch {
            return isReadable(path)
                ? "its file holds something else than certificates in PEM" : "its file cannot be read"
        }
    }

    /// Why a folder of authorities is of no use; nil when it is. Does not name it.
    public static func problem(withAuthorityFolder path: String) -> String? {
        isReadable(path + "/.") ? nil : "its folder cannot be read"
    }

    private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
