import StrictJSON

/// Fills a statement's parameters from a record's members, in one pass over them.
struct FieldBinder {
    private let kinds: [ColumnKind]
    private let parameters: [ArraySlice<UInt8>: Int]
    /// The index of the field that names a record's patient; -1: none.
    private let patientField: Int
    /// The patient of the last record that was bound; nil if it names none.
    private(set) var patient: ArraySlice<UInt8>?
    /// The members of the previous record, in order, with their fields (-1: none), because records of a
    /// resource mostly have the same members in the same order.
    private var expected: [(name: ArraySlice<UInt8>, field: Int)] = []

    init(_ layout: TableLayout) {
        kinds = layout.fields.map(\.kind)
        parameters = Dictionary(
            uniqueKeysWithValues: layout.fields.enumerated().map { (ArraySlice($1.name.utf8), $0) })
        patientField = layout.fields.firstIndex { $0.name == TableLayout.patientField } ?? -1
    }

    /// Binds every field that the record has; of a repeated member, the last one.
    ///
    /// - Parameter bytes: the record's own bytes, ``JSONValue/raw``, which must stay in place until the
    ///   statement has run.
    mutating func bind(_ record: JSONValue, _ bytes: UnsafeBufferPointer<UInt8>, to statement: PreparedStatement) throws
    {
        let offset = record.raw.startIndex
        var position = 0
        patient = nil
        for (key, value) in record.members {
            let field = self.field(of: key, at: position)
            position += 1
            guard field >= 0 else { continue }
            let parameter = Int32(TableLayout.firstField + field)
            let content = ColumnContent(value, for: kinds[field])
            if field == patientField { patient = content.text }
            switch content {
            case .null: try statement.bind(nil, at: parameter)
            case .integer(let integer): try statement.bind(integer, at: parameter)
            case .slice(let slice):
                let range = (slice.startIndex - offset)..<(slice.endIndex - offset)
                try unsafe statement.bind(inPlace: UnsafeBufferPointer(rebasing: bytes[range]), at: parameter)
            case .made(let text): try statement.bind(text, at: parameter)
            }
        }
    }

    private mutating func field(of key: JSONValue, at position: Int) -> Int {
        // A name with escapes is decoded, which is rare.
        let name = key.verbatim ?? ArraySlice(key.utf8 ?? [])
        if position < expected.count, expected[position].name == name { return expected[position].field }
        let field = parameters[name] ?? -1
        // A copy, because a slice would keep the whole page in memory.
        let entry = (name: ArraySlice(Array(name)), field: field)
        if position < expected.count { expected[position] = entry } else { expected.append(entry) }
        return field
    }
}
