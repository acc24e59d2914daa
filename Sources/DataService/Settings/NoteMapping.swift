/// Where a clinic's notes are: each clinic defines a custom data type of its own for them.
package struct NoteMapping: Sendable, Equatable {
    /// `WELKIN_NOTE_TYPE`: the `type_name` of its records.
    package let type: String
    /// The member of `body` with the text.
    package let text: String
    /// The member with the author's name; nil if notes have none.
    package let author: String?
    /// The member with the worker's id.
    package let authorID: String?
    /// The member with the time; nil for the record's own `created_at`.
    package let at: String?
    /// The member for the App's key.
    package let key: String?

    /// - Parameter fields: `WELKIN_NOTE_FIELDS` as `text=note_text`; nil, with the first invalid word, unless they name
    ///   `text`, and each thing once.
    package init(type: String, fields: [String]) throws(InvalidField) {
        var members: [String: String] = [:]
        for (index, field) in fields.enumerated() {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, Self.names.contains(parts[0]), !parts[1].isEmpty, members[parts[0]] == nil else {
                throw .word(index + 1)
            }
            members[parts[0]] = parts[1]
        }
        guard let text = members["text"] else { throw .noText }
        self.type = type
        self.text = text
        author = members["author"]
        authorID = members["author_id"]
        at = members["at"]
        key = members["key"]
    }

    package static let names = ["text", "author", "author_id", "at", "key"]

    /// Why words are no mapping.
    package enum InvalidField: Error, Equatable {
        /// Counts from 1.
        case word(Int)
        case noText
    }
}
