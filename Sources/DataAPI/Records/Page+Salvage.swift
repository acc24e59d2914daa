import StrictJSON

extension Page {
    /// Reads a page that is not valid JSON as a whole, because some of its records are not: cuts out
    /// each element of `data` by its brackets and quotes, and reads it on its own.
    init(
        salvaging body: [UInt8], error: JSONError, answering request: FindRequest, origin: Origin
    ) throws(Failure) {
        let pieces = BracketScanner.members(of: body)
        guard let pieces else { throw error.code == .truncated ? .truncated : .notJSON }
        guard let data = pieces.last(where: { $0.key == "data" })?.value,
            let elements = BracketScanner.elements(of: body, in: data)
        else { throw .noData }
        func document(of name: String) -> JSONDocument? {
            pieces.last { $0.key == name }.flatMap {
                try? JSONDocument(parsing: Array(body[$0.value]), mode: .tolerant, maximumDepth: Record.maximumDepth)
            }
        }
        func has(_ name: String) -> Bool { pieces.contains { $0.key == name } }
        let (errors, links) = (document(of: "errors"), document(of: "links"))
        guard !has("errors") || errors.map({ !Self.tellsErrors($0.root) }) ?? false else { throw .noData }
        let items = elements.map { range in
            Record(parsing: Array(body[range])).map { Item($0) } ?? Item.unreadable(body[range])
        }
        if has("links"), links == nil {
            self.init(
                items: items, continuation: .unclear, linkProblems: [.unknownShape], byteCount: body.count,
                isLinked: true)
            return
        }
        self.init(items: items, links: links?.root, byteCount: body.count, answering: request, origin: origin)
    }
}
