import StrictJSON

/// An answer to Find.
public struct Page: Sendable {
    /// The elements of `data`, in order.
    public let items: [Item]
    /// What to request next.
    public let continuation: Continuation
    /// The problems of `links`; mostly none. For statistics only: none needs action.
    public let linkProblems: [LinkProblem]
    /// The answer's length in bytes.
    public let byteCount: Int
    /// Whether the answer has any links. Without links, a full page may not be the last.
    public let isLinked: Bool
    /// When it was requested, by Welkin's own clock: the answer's `Date` less the time that the answer
    /// took. Nil if the answer has no date.
    public var askedAt: Instant?

    /// One element of `data`.
    public typealias Item = PageItem

    /// How a Find continues.
    public enum Continuation: Sendable, Hashable {
        /// This was the last page.
        case end
        /// The next page, inside the window of the request that was answered. Whether it
        /// ``PageRequest/advances(from:)`` that request, is for the caller to look at.
        case next(PageRequest)
        /// A next page exists, but nothing valid says which. To stop here would lose records.
        case unclear
    }

    /// Only the records.
    public var records: [Record] { items.compactMap(\.record) }
}

extension Page {
    /// Why an answer is not a page.
    public enum Failure: Error, Sendable {
        /// It ends too early.
        case truncated
        /// It is not JSON.
        case notJSON
        /// It has no `data` list.
        case noData
    }

    /// Reads the body of an answer.
    ///
    /// - Parameters:
    ///   - body: the whole body.
    ///   - request: the request that was answered.
    ///   - origin: where the client sends its requests; links elsewhere are not followed.
    public init(parsing body: [UInt8], answering request: FindRequest, origin: Origin) throws(Failure) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: body, mode: .tolerant, maximumDepth: Record.maximumDepth)
        } catch {
            try self.init(salvaging: body, error: error, answering: request, origin: origin)
            return
        }
        guard !Self.tellsErrors(document.root["errors"]), let data = document.root["data"], data.kind == .array else {
            throw .noData
        }
        self.init(
            items: data.elements.map { element in
                Record(element).map { Item($0) } ?? .unreadable(element.raw)
            },
            links: document.root["links"], byteCount: body.count, answering: request, origin: origin)
    }

    /// Whether an answer has any `errors`. If so, it does not have all records, whatever its status and `data`.
    static func tellsErrors(_ errors: JSONValue?) -> Bool {
        guard let errors, !errors.isNull else { return false }
        return !errors.isEmptyContainer
    }

    init(items: [Item], links: JSONValue?, byteCount: Int, answering request: FindRequest, origin: Origin) {
        var reader = LinkReader(request: request, origin: origin)
        let continuation = reader.read(links)
        self.init(
            items: items, continuation: continuation, linkProblems: reader.problems, byteCount: byteCount,
            isLinked: reader.isLinked)
    }
}
