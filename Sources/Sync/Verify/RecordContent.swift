import DataAPI
import StrictJSON

extension Record {
    /// Whether both have the same content, whatever the order and spacing.
    func hasSameContent(as other: Record) -> Bool { json.hasSameContent(as: other.json) }
}

extension JSONValue {
    fileprivate func hasSameContent(as other: JSONValue) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .null: return true
        case .bool, .number: return raw == other.raw
        case .string: return utf8 == other.utf8
        case .array:
            let (mine, others) = (Array(elements), Array(other.elements))
            return mine.count == others.count && zip(mine, others).allSatisfy { $0.hasSameContent(as: $1) }
        case .object:
            // The last value of a repeated name counts, on both sides.
            let (mine, others) = (byName, other.byName)
            return mine.count == others.count
                && mine.allSatisfy { name, value in others[name]?.hasSameContent(as: value) ?? false }
        }
    }

    private var byName: [[UInt8]: JSONValue] {
        Dictionary(members.map { ($0.key.utf8 ?? [], $0.value) }) { $1 }
    }
}
