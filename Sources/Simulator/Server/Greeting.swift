extension HostSettings {
    /// What somebody who has just started the page needs to know: where to open it, and what the App must allow.
    package func greeting(at address: ListenAddress) -> String {
        """
          Open  \(address.pageOrigin)/
          App   \(appURL.text)
                It must let this page frame it, and send no X-Frame-Options:
                Content-Security-Policy: frame-ancestors \(address.pageOrigin)
        """
    }
}
