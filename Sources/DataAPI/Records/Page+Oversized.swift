import StrictJSON

extension Page {
    /// Reads the body of an answer that is larger than the limit, as far as it is kept.
    package init?(outlining body: some Sequence<UInt8>, answering request: FindRequest, origin: Origin) {
        var page = OversizedPage()
        page.read(body)
        self.init(page, answering: request, origin: origin)
    }

    /// A page of one record that is larger than an answer may be; nil where it is not that record alone that
    /// makes it so.
    init?(_ oversized: OversizedPage, answering request: FindRequest, origin: Origin) {
        guard oversized.isOneRecord else { return nil }
        let item = Item.oversized(outline: oversized.outline)
        guard let links = oversized.links else {
            self.init(items: [item], links: nil, byteCount: item.outlineSize, answering: request, origin: origin)
            return
        }
        // What cannot be read of the links must not pass for their end.
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
