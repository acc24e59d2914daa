/// The host page's icons: 20 by 20, in the colour of the adjacent text.
enum Icon {
    static let patients = draw(
        #"<circle cx="10" cy="6.5" r="3.25"/><path d="M3.5 17c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5"/>"#)
    static let inbox = draw(
        #"<path d="M3 11.5 5.2 4h9.6L17 11.5V16H3z"/><path d="M3 11.5h4l1.2 2h3.6l1.2-2h4"/>"#)
    static let admin = draw(
        #"<path d="M3.5 6h7m4.5 0h1.5m-13 8H5m4.5 0h7"/><circle cx="12.75" cy="6" r="2"/><circle cx="7.25" cy="14" r="2"/>"#
    )
    static let back = draw(#"<path d="M12 5 7 10l5 5"/>"#)
    static let launch = draw(
        #"<rect x="3" y="4" width="14" height="12" rx="2"/><path d="M11.5 4v12"/>"#)
    static let phone = draw(
        #"<path d="M6.3 3.5 8.2 7 6.7 8.7c.9 2 2.6 3.7 4.6 4.6L13 11.8l3.5 1.9c0 1.8-1.2 3-2.8 2.8C8.2 15.8 4.2 11.8 3.5 6.3 3.3 4.7 4.5 3.5 6.3 3.5z"/>"#
    )
    static let minimize = draw(#"<path d="M5 13.5h10"/>"#)
    static let expand = draw(#"<path d="M6 11.5 10 7.5l4 4"/>"#)
    static let close = draw(#"<path d="m5.5 5.5 9 9m0-9-9 9"/>"#)
    /// A harbour light: the clinic's logo.
    static let sign = draw(
        #"<path d="M8 8h4l1 9H7z"/><path d="M8.5 8V5.5h3V8M5 5.5l-2-1m12 1 2-1M5.5 17h9"/>"#)

    private static func draw(_ shapes: HTML) -> HTML {
        """
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">\(shapes)</svg>
        """
    }
}
