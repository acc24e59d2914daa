package import DataAPI
package import Launch

extension NetworkSettings {
    /// The variables that most programs take such settings from. `HTTP_PROXY` is none of them: `http` is only for
    /// this machine.
    package static let variables = [
        "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]

    /// Problems are added to `source`, without the values: a proxy's may hold a password.
    package init(from source: inout SettingsSource) {
        self.init()
        if let (name, value) = Self.first(["HTTPS_PROXY", "https_proxy"], source) {
            proxy = Proxy(value)
            if proxy == nil {
                source.problem(
                    name, "it is not the address of an HTTP proxy",
                    "Set it to http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with both percent-encoded")
            }
        }
        if let (_, value) = Self.first(["NO_PROXY", "no_proxy"], source) { exceptions = ProxyExceptions(value) }
        if let path = source.value(named: "SSL_CERT_FILE") {
            add(path, of: "SSL_CERT_FILE", Self.problem(withAuthorities: path), &source)
        }
        for path in (source.value(named: "SSL_CERT_DIR") ?? "").split(separator: ":").map(String.init) {
            add(path, of: "SSL_CERT_DIR", Self.problem(withAuthorityFolder: path), &source)
        }
    }

    private mutating func add(_ path: String, of name: String, _ problem: String?, _ source: inout SettingsSource) {
        authorities.append(path)
        guard let problem else { return }
        source.problem(name, problem, "Name one that this user may read, or leave it out for the system's authorities")
    }

    private static func first(_ names: [String], _ source: SettingsSource) -> (name: String, value: String)? {
        for name in names {
            if let value = source.value(named: name) { return (name, value) }
        }
        return nil
    }
}
