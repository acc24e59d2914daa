import Records
import Platform

/// A resource's table: the same names in every database.
struct TableLayout: Hashable, Sendable {
    /// The table's name, which is the resource's.
    let name: String
    /// The member of a record that orders its versions.
    let cursorField: String?
    /// The catalogue's fields without the id, which is a column of every table.
    let fields: [Column]
    /// Columns that have an index: foreign keys and required filters.
    let indexed: [String]

    /// The columns that every table has.
    static let own: [Column] = [
        Column(name: "id", kind: .text),
        // The whole record as received.
        Column(name: "record", kind: .json),
        Column(name: "cursor_us", kind: .microseconds),
        Column(name: "fetched_at", kind: .instant),
        Column(name: "deleted_at", kind: .instant),
        // The filter value that brought it, as `name=value`, whatever the record itself says.
        Column(name: "stream", kind: .text),
        // 1 if the received bytes are not valid JSON and the record is a repaired copy of them.
        Column(name: "repaired", kind: .boolean),
    ]

    init(_ resource: Resource) throws(ReplicaError) {
        try Self.check(name: resource.name)
        name = resource.name
        cursorField = resource.cursorField
        var fields: [Column] = []
        for field in resource.fields where !Self.own.contains(where: { $0.name == field.name }) {
            try Self.check(word: field.name)
            fields.append(Column(name: field.name, kind: ColumnKind(field.type)))
        }
        self.fields = fields
        indexed = resource.fields.filter { field in
            (field.type == .guid && field.name.hasSuffix("_id")) || resource.requiredFilters.contains(field.name)
        }.map(\.name)
    }

    var columns: [Column] { Self.own + fields }

    /// The field that names a record's patient. In the table of patients, it is the id.
    static let patientField = "patient_id"

    /// Whether its records are patients.
    var isOfPatients: Bool { name == Resource.patients.name }

    /// Whether the table has a column for a record's patient.
    var hasPatient: Bool { fields.contains { $0.name == Self.patientField } }

    /// Refuses invalid names of a resource's table: the replica, SQLite and PostgreSQL have tables of
    /// their own.
    static func check(name: String) throws(ReplicaError) {
        try check(word: name)
        guard !["welkin_", "sqlite_", "pg_"].contains(where: name.hasPrefix) else {
            throw ReplicaError.invalidName(name)
        }
    }

    /// Refuses what cannot be part of a name in every database. PostgreSQL cuts names at 63 bytes, so
    /// an index's name must be shorter.
    private static func check(word name: String) throws(ReplicaError) {
        let isWord = name.utf8.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        guard isWord, name.utf8.first?.isLowercaseLetter == true, name.utf8.count <= 40
        else { throw ReplicaError.invalidName(name) }
    }
}

extension ColumnKind {
    init(_ type: ValueType) {
        self =
            switch type {
            case .boolean: .boolean
            case .integer: .integer
            case .dateTime: .instant
            case .json, .list, .listOfGUIDs, .listOfStrings, .listOfObjects: .json
            case .guid, .string, .date, .email, .state, .country, .enumeration, .phoneNumber, .timeZone, .zipCode,
                .html, .unstated:
                .text
            }
    }
}
