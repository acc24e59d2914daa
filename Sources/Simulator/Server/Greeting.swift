extension HostSettings {
    /// The start message: where to open the page, and what the App must allow.
    package func greeting(at address: ListenAddress) -> String {
        """
          Open  \(address.pageOrigin)/
          App   \(appURL.text)
                It must allow this page to frame it, and send no X-Frame-Options:
                Content-Security-Policy: frame-ancestors \(address.pageOrigin)
        """
    }
}
