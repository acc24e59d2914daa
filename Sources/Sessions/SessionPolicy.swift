package import Identifiers

/// What an operator decided about the sessions of one App.
package struct SessionPolicy: Sendable {
    /// The App; its sessions are good for no other.
    package let app: AppName
    /// Where the App is, and with it the one `Origin` that may change anything.
    package let url: AppURL
    /// The path under which every launch of the App has its own: `/a/main/`.
    package let folder: String
    /// The one Welkin environment that is accepted; nil for any.
    package let provider: ProviderID?
    /// Seconds after which a session that was not renewed ends.
    package let idle: Int64
    /// Seconds after which any session ends.
    package let maximum: Int64
    /// Whether the page may get its session without a cookie.
    package let offersHandoff: Bool

    package init(
        app: AppName, url: AppURL, provider: ProviderID?, idle: Int64, maximum: Int64, offersHandoff: Bool
    ) {
        self.app = app
        self.url = url
        self.provider = provider
        self.idle = idle
        self.maximum = maximum
        self.offersHandoff = offersHandoff
        folder = "\(url.folder)a/\(app.text)/"
    }

    /// The folder of one launch, with a slash at its end; also the path of its cookie.
    package func pagePath(_ launch: LaunchID) -> String { "\(folder)\(launch.text)/" }
}
