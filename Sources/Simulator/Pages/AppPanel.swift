/// The panel for one App, hidden until one is launched. The script takes the iframe's attributes from the
/// template, so that they are defined once.
struct AppPanel: Sendable {
    /// The prefix of the panel's element ids.
    let name: String
    let title: String

    /// For an App that a worker opens beside the page.
    static let app = AppPanel(name: "app", title: "App")
    /// For an App that stays open on every page.
    static let persistent = AppPanel(name: "persistent", title: "Persistent App")

    var html: HTML {
        """
        <aside class="panel" id="\(name)-panel" aria-label="\(title)" hidden>
        <header>
        <h2>\(title)</h2>
        <p id="\(name)-status" data-part="status" role="status"></p>
        <button type="button" id="check-\(name)" data-part="check" class="small" aria-label="Check the \(title)">Check</button>
        <button type="button" id="toggle-\(name)" data-part="toggle" class="quiet">\(Icon.minimize)\(Icon.expand)</button>
        <button type="button" id="close-\(name)" data-part="close" class="quiet" aria-label="Close the \(title)">\(Icon.close)</button>
        </header>
        <div class="stage"><div id="\(name)-slot" data-part="slot"></div><div class="spinner"></div><section id="\(name)-report" data-part="report" aria-label="Why the \(title) is not shown" tabindex="-1" hidden></section></div>
        </aside>
        <template id="\(name)-frame-template">\(AppFrame.element(name: "\(name)-frame", title: title))</template>
        """
    }
}
