package import Identifiers

/// The operator's rules for the sessions of one App.
package struct SessionPolicy: Sendable {
    /// The App; its sessions are valid for no other.
    package let app: AppName
    /// The URL of the App, and thus the only `Origin` that may change anything.
    package let url: AppURL
    /// The folder that contains the folder of each launch: `/a/main/`.
    package let folder: String
    /// The only accepted Welkin environment; nil for any.
    package let provider: ProviderID?
    /// Seconds after which a session without renewal ends.
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

    /// The folder of one launch, with a trailing slash; also the path of its cookie.
    package func pagePath(_ launch: LaunchID) -> String { "\(folder)\(launch.text)/" }
}
