/// The SQL on a resource's table. ``TableLayout`` checks names; they are quoted because some are
/// also SQL keywords.
///
/// Parameters have the same numbers in every statement: 1 the id or the row's number, 2 the record, 3
/// its cursor, 4 when it was received, 5 its stream, 6 whether it is repaired, and the fields from 7 on.
extension TableLayout {
    var selectSQL: String {
        let patient = hasPatient ? #", "patient_id""# : ""
        return
            #"SELECT "record", "cursor_us", "deleted_at", rowid, "stream", "repaired"\#(patient) FROM "\#(name)" WHERE "id" = ?1"#
    }

    var insertSQL: String {
        let names = (["id", "record", "cursor_us", "fetched_at", "stream", "repaired"] + fields.map(\.name)).map {
            "\"\($0)\""
        }
        let parameters = (1...names.count).map { "?\($0)" }
        return
            #"INSERT INTO "\#(name)" (\#(names.joined(separator: ", "))) VALUES (\#(parameters.joined(separator: ", ")))"#
    }

    /// ?1 is the row's number.
    ///
    /// - Parameters:
    ///   - movesToStream: gives the row to the stream; otherwise it stays its stream's.
    ///   - keepsIndexed: changes nothing if an indexed field has another value. Whose a record is and when it was
    ///     created nearly always stays, and SQLite writes an index again for each column that is set.
    func updateSQL(movesToStream: Bool, keepsIndexed: Bool) -> String {
        let stream = movesToStream ? #", "stream" = ?5"# : ""
        let own =
            #""record" = ?2, "cursor_us" = ?3, "fetched_at" = ?4, "deleted_at" = NULL\#(stream), "repaired" = ?6"#
        let indexed = keepsIndexed ? indexedColumns : []
        let isKept = fields.map { indexed.contains($0.name) }
        let assigned = zip(fieldAssignments, isKept).filter { !$1 }.map(\.0)
        let kept = fields.indices.filter { isKept[$0] }.map {
            #" AND "\#(fields[$0].name)" IS ?\#($0 + Self.firstField)"#
        }
        let assignments = ([own] + assigned).joined(separator: ", ")
        return #"UPDATE "\#(name)" SET \#(assignments) WHERE rowid = ?1\#(kept.joined())"#
    }

    /// Gives a row to another stream; ?1 is its number, ?5 the stream.
    var moveSQL: String { #"UPDATE "\#(name)" SET "stream" = ?5 WHERE rowid = ?1"# }

    /// Fills the fields again from a stored record; ?1 is the row's number.
    var refillSQL: String {
        #"UPDATE "\#(name)" SET \#(fieldAssignments.joined(separator: ", ")) WHERE rowid = ?1"#
    }

    private var fieldAssignments: [String] {
        fields.enumerated().map { #""\#($1.name)" = ?\#($0 + Self.firstField)"# }
    }

    /// The number of the first field's parameter.
    static let firstField = 7

    /// An integer or a boolean gets no type, because SQLite would convert text that looks like a
    /// number into one, possibly a different one.
    func declaration(_ column: Column) -> String {
        switch column.kind {
        case .text, .instant, .json: "\"\(column.name)\" TEXT"
        case .microseconds: "\"\(column.name)\" INTEGER"
        case .integer, .boolean: "\"\(column.name)\""
        }
    }

    /// The table as its records need it. It has row numbers, because a table that is stored by a random id is slow
    /// to fill. The id's index is the table's `UNIQUE`.
    var createSQL: [String] {
        let declarations = columns.map { column in
            switch column.name {
            case "id": #""id" TEXT NOT NULL UNIQUE"#
            case "record", "fetched_at": "\(declaration(column)) NOT NULL"
            default: declaration(column)
            }
        }
        return [
            #"CREATE TABLE "\#(name)" (\#(declarations.joined(separator: ", ")))"#,
            // Counts deleted records without reading the table; costs nothing while empty.
            #"""
            CREATE INDEX "\#(TableIndex(of: name, on: ["deleted_at"]).name)" ON "\#(name)" ("deleted_at") WHERE "deleted_at" IS NOT NULL
            """#,
        ]
    }

    /// Creates the indexes for whoever queries the table.
    var indexSQL: [String] {
        indexes.map { index in
            let columns = index.columns.map { "\"\($0)\"" }.joined(separator: ", ")
            return #"CREATE INDEX IF NOT EXISTS "\#(index.name)" ON "\#(name)" (\#(columns))"#
        }
    }

    /// Removes the indexes that those of ``indexSQL`` replace.
    var dropIndexSQL: [String] { formerIndexes.map { #"DROP INDEX IF EXISTS "\#($0.name)""# } }
}
