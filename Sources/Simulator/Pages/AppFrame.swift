/// The iframe that shows an App, as Welkin's documentation gives it.
package enum AppFrame {
    package static let sandbox = "allow-scripts allow-same-origin allow-forms allow-popups"
    package static let allow = "camera; microphone"
    /// In CSS pixels.
    package static let width = 750

    /// The element, without a `src`: the form posted into it fills it. `name` is its id, and the form's `target`.
    static func element(name: String, title: String) -> HTML {
        """
        <iframe id="\(name)" name="\(name)" title="\(title)" width="\(width)" \
        sandbox="\(sandbox)" allow="\(allow)"></iframe>
        """
    }
}
