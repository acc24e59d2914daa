/// The requested part of a Find: a window over the cursor field, both ends included as far as is
/// known, and the number of records that an answer may hold.
public struct PageRequest: Sendable, Hashable {
    /// `page[from]`; nil asks from the beginning.
    public var from: Instant?
    /// `page[to]`; nil asks until now.
    public var to: Instant?
    /// `page[size]`; nil leaves it to Welkin (its samples say 50).
    public var size: Int?
    /// Other `page[…]` parameters of the link to this page. None is documented; whatever they mean,
    /// they are sent back as they came.
    public var further: [Filter]

    /// - Parameters:
    ///   - from: the start of the window.
    ///   - to: the end of the window.
    ///   - size: at least 1.
    ///   - further: other parameters, as they were in a link.
    public init(from: Instant? = nil, to: Instant? = nil, size: Int? = nil, further: [Filter] = []) {
        self.further = further
        self.from = from
        self.to = to
        self.size = size
    }

    /// Whether this asks for less than `earlier` did: its window begins later or ends sooner, or a
    /// parameter changed that only Welkin can read. A next page that does not advance would come again
    /// forever.
    public func advances(from earlier: PageRequest) -> Bool {
        if !further.isEmpty, further != earlier.further { return true }
        if let from, earlier.from.map({ from > $0 }) ?? true { return true }
        if let to, earlier.to.map({ to < $0 }) ?? true { return true }
        return false
    }
}

extension PageRequest: LosslessStringConvertible {
    /// A text to store: `FROM/TO/SIZE`, with `-` for what is not set, followed by a query if there are
    /// further parameters.
    public var description: String {
        let parts = [from?.description, to?.description, size.map(String.init)]
        let text = parts.map { $0 ?? "-" }.joined(separator: "/")
        return further.isEmpty ? text : "\(text)?\(further.query)"
    }

    /// Reads what ``description`` gives; nil for anything else.
    public init?(_ description: String) {
        let window = description.prefix { $0 != "?" }
        let parts = window.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.init(further: [Filter](query: description.dropFirst(window.count + 1)))
        if parts[0] != "-" {
            guard let from = Instant(parts[0]) else { return nil }
            self.from = from
        }
        if parts[1] != "-" {
            guard let to = Instant(parts[1]) else { return nil }
            self.to = to
        }
        if parts[2] != "-" {
            guard let size = Int(parts[2]), size > 0 else { return nil }
            self.size = size
        }
    }
}
