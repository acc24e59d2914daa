import ArgumentParser
import DataAPI
import WorkerProgram

/// Prints the layout of the replica's tables.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the replica's tables, or the columns of one.",
        discussion: """
            Each resource has a table of the same name. Its columns are the fields of Welkin's reference, and: id; \
            record (the whole record as Welkin sent it, including fields that the reference lacks); cursor_us (the \
            time that orders its versions); fetched_at; deleted_at (null while Welkin has the record); stream (the \
            filter value that brought it, if Find requires one); and repaired (1 if Welkin sent invalid JSON, with raw \
            control characters or broken UTF-8: record is then a repaired copy, and `status --quarantine --json` has \
            the original). \
            An id that is an object or a list is stored as "json:" and its digest. Column types: text; \
            integer; boolean as 0 or 1; instant as text like 2026-01-02T03:04:05.678901+00:00, always UTC, which sorts \
            by time; json as text for JSON functions; microseconds since 1970. Any other value is stored as text, as \
            Welkin sent it. Needs no settings and no replica.

              welkin-worker schema
              welkin-worker schema patients
              welkin-worker schema --sql > replica.sql
              welkin-worker schema patients --json | jq -r '.[].columns[].name'
              sqlite3 "$WELKIN_REPLICA" "SELECT record ->> '$.first_name' FROM patients WHERE deleted_at IS NULL"
            """)

    @Argument(help: "A resource. Default: all.")
    var resource: String?

    @Flag(help: "Print the SQL that creates the tables and their indexes in SQLite.")
    var sql = false

    @Flag(help: "Print JSON: an array with one object per table.")
    var json = false

    func validate() throws {
        if sql, json { throw ValidationError("--sql and --json exclude each other.") }
    }

    func run() throws {
        let resource = try resource.map(table)
        let tables = resource.map { [$0] } ?? Catalogue.resources.filter(\.isWindowed)
        let text =
            if sql {
                try SchemaText.sql(of: tables)
            } else if json {
                try SchemaText.json(of: tables)
            } else {
                try resource.map(SchemaText.columns) ?? SchemaText.resources
            }
        try StandardStream.output.write(text)
    }

    private func table(_ name: String) throws -> Resource {
        guard let resource = Catalogue.resource(named: name) else {
            let meant = Catalogue.suggestion(for: name).map { " Did you mean \($0)?" } ?? ""
            throw ValidationError("“\(name)” is not in the catalogue.\(meant)")
        }
        guard resource.isWindowed else { throw ValidationError("\(name) has no table: it has no records of its own.") }
        return resource
    }
}
