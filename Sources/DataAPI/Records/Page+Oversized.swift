import StrictJSON

extension Page {
    /// Reads the body of an answer that is larger than the limit, as far as the body is kept.
    package init?(outlining body: some Sequence<UInt8>, answering request: FindRequest, origin: Origin) {
        var page = OversizedPage()
        page.read(body)
        self.init(page, answering: request, origin: origin)
    }

    /// A page of one record that is larger than an answer may be; nil if that record is not the only reason.
    init?(_ oversized: OversizedPage, answering request: FindRequest, origin: Origin) {
        guard oversized.isOneRecord else { return nil }
        let item = Item.oversized(outline: oversized.outline)
        guard let links = oversized.links else {
            self.init(items: [item], links: nil, byteCount: item.outlineSize, answering: request, origin: origin)
            return
        }
        // Unreadable links must not count as the end of the pages.
        guard let document = try? JSONDocument(parsing: links, mode: .tolerant, maximumDepth: Record.maximumDepth)
        else {
            return nil
        }
        self.init(items: [item], links: document.root, byteCount: item.outlineSize, answering: request, origin: origin)
    }
}

extension Page.Item {
    /// How much of an oversized record is in memory.
    fileprivate var outlineSize: Int {
        if case .oversized(let outline) = self { outline.count } else { 0 }
    }
}
