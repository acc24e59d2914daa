/// The iframe that an App is shown in, as Welkin's documentation gives it.
package enum AppFrame {
    /// The element's id, and the name that the form's `target` means.
    package static let name = "app-frame"
    package static let sandbox = "allow-scripts allow-same-origin allow-forms allow-popups"
    package static let allow = "camera; microphone"
    /// In CSS pixels.
    package static let width = 750

    /// The element, without a `src`: it is filled by the form that is posted into it.
    static let element: HTML = """
        <iframe id="\(name)" name="\(name)" title="App" width="\(width)" \
        sandbox="\(sandbox)" allow="\(allow)"></iframe>
        """
}
