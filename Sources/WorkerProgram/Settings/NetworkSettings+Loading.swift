package import DataAPI
package import Settings

extension NetworkSettings {
    /// The variables from which most programs take these settings. `HTTP_PROXY` is not among them, because `http` is
    /// only for this machine.
    package static let variables =
        proxyNames + exceptionNames + [
            Setting.authoritiesFile.name, Setting.authoritiesFolders.name,
        ]

    private static let proxyNames = [Setting.httpsProxy.name, Setting.httpsProxy.name.lowercased()]
    private static let exceptionNames = [Setting.noProxy.name, Setting.noProxy.name.lowercased()]

    /// Adds problems to `source`, without the values, because a proxy's value may hold a password.
    package init(from source: inout SettingsSource) {
        self.init()
        if let (name, value) = Self.first(Self.proxyNames, source) {
            proxy = Proxy(value)
            if proxy == nil {
                source.problem(
                    name, "it is not the address of an HTTP proxy",
                    "Set it to http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with both percent-encoded")
            }
        }
        if let (_, value) = Self.first(Self.exceptionNames, source) { exceptions = ProxyExceptions(value) }
        if let path = source[Setting.authoritiesFile.name] {
            add(path, of: Setting.authoritiesFile.name, Self.problem(withAuthorities: path), &source)
        }
        for path in (source[Setting.authoritiesFolders.name] ?? "").split(separator: ":").map(String.init) {
            add(path, of: Setting.authoritiesFolders.name, Self.problem(withAuthorityFolder: path), &source)
        }
    }

    private mutating func add(_ path: String, of name: String, _ problem: String?, _ source: inout SettingsSource) {
        authorities.append(path)
        guard let problem else { return }
        source.problem(name, problem, "Name one that this user may read, or leave it out for the system's authorities")
    }

    private static func first(_ names: [String], _ source: SettingsSource) -> (name: String, value: String)? {
        for name in names {
            if let value = source[name] { return (name, value) }
        }
        return nil
    }
}
