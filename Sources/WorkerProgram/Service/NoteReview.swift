package import DataService
import Records
import StrictJSON

/// Looks through custom data type records for notes, and for what the settings say is in them.
package struct NoteReview {
    private let mapping: NoteMapping
    private var types: Set<String> = []
    /// Notes seen; a few tell enough.
    private var notes = 0
    private var missing: Set<String>

    private static let notesEnough = 200
    private static let typesShown = 10

    package init(_ mapping: NoteMapping) {
        self.mapping = mapping
        missing = Set([mapping.text, mapping.author, mapping.authorID, mapping.at].compactMap { $0 })
    }

    /// Whether more records could tell nothing new.
    package var isOver: Bool { notes >= Self.notesEnough || (notes > 0 && missing.isEmpty) }

    /// Takes a custom data type record into account.
    package mutating func look(at bytes: [UInt8]) {
        guard let record = Record(parsing: bytes), let type = record["type_name"]?.text else { return }
        guard type == mapping.type else {
            if types.count < Self.typesShown { types.insert(type) }
            return
        }
        notes += 1
        let body = record["body"]?.json
        missing = missing.filter { body?[$0] == nil }
    }

    /// What does not fit; nil if everything does. Names types and members, never values.
    package var warning: String? {
        guard notes > 0 else {
            let others = types.isEmpty ? "" : "; it has \(types.sorted().joined(separator: ", "))"
            return "the replica has no record of the type \(mapping.type) (WELKIN_NOTE_TYPE)\(others)"
        }
        guard let first = missing.min() else { return nil }
        return "no record of \(mapping.type) has a member \(first) in its body (WELKIN_NOTE_FIELDS)"
    }
}
