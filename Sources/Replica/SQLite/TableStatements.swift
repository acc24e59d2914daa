/// The SQL on a resource's table. ``TableLayout`` checks names; they are quoted because some are
/// also SQL keywords.
///
/// Parameters have the same numbers in every statement: 1 the id, 2 the record, 3 its cursor, 4
/// when it was received, 5 its stream, 6 whether it is repaired, and the fields from 7 on.
extension TableLayout {
    var selectSQL: String {
        #"SELECT "record", "cursor_us", "deleted_at", rowid, "stream", "repaired" FROM "\#(name)" WHERE "id" = ?1"#
    }

    var insertSQL: String {
        let names = (["id", "record", "cursor_us", "fetched_at", "stream", "repaired"] + fields.map(\.name)).map {
            "\"\($0)\""
        }
        let parameters = (1...names.count).map { "?\($0)" }
        return
            #"INSERT INTO "\#(name)" (\#(names.joined(separator: ", "))) VALUES (\#(parameters.joined(separator: ", ")))"#
    }

    var updateSQL: String {
        let assignments =
            [
                #""record" = ?2, "cursor_us" = ?3, "fetched_at" = ?4, "deleted_at" = NULL, "stream" = ?5, "repaired" = ?6"#
            ] + fieldAssignments
        return #"UPDATE "\#(name)" SET \#(assignments.joined(separator: ", ")) WHERE "id" = ?1"#
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
            CREATE INDEX "\#(index(on: "deleted_at"))" ON "\#(name)" ("deleted_at") WHERE "deleted_at" IS NOT NULL
            """#,
        ]
    }

    /// The indexes for whoever queries the table.
    var indexSQL: [String] {
        let columns = (cursorField == nil ? [] : ["cursor_us"]) + indexed
        return columns.map { #"CREATE INDEX IF NOT EXISTS "\#(index(on: $0))" ON "\#(name)" ("\#($0)")"# }
    }
}
