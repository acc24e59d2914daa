/// The place of a record in an order, from which another request continues. Records that are added or removed meanwhile
/// move nothing: what was before the place stays before it.
package struct RecordKey: Hashable, Sendable {
    /// The value of the ordering column.
    enum Moment: Hashable, Sendable {
        case none
        case integer(Int64)
        case text(String)
    }

    let moment: Moment
    let id: String
}

extension RecordKey {
    /// For whoever continues later; ``init(_:)`` reads it.
    package var text: String {
        switch moment {
        case .none: "n0:\(id)"
        case .integer(let integer): "i\("\(integer)".utf8.count):\(integer)\(id)"
        case .text(let text): "t\(text.utf8.count):\(text)\(id)"
        }
    }

    /// Reads a ``text``; nil for anything else.
    package init?(_ text: String) {
        guard let kind = text.utf8.first, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            let length = Int(text[text.utf8.index(after: text.startIndex)..<colon]), length >= 0
        else { return nil }
        let rest = text.utf8[text.utf8.index(after: colon)...]
        guard length <= rest.count, let moment = String(rest.prefix(length)), let id = String(rest.dropFirst(length))
        else { return nil }
        self.id = id
        switch kind {
        case UInt8(ascii: "n") where length == 0: self.moment = .none
        case UInt8(ascii: "i"):
            guard let integer = Int64(moment) else { return nil }
            self.moment = .integer(integer)
        case UInt8(ascii: "t"): self.moment = .text(moment)
        default: return nil
        }
    }
}
