import ArgumentParser
import DataAPI
import Worker

/// Prints what the replica's tables look like.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the resources, or the fields of one, as the catalogue has them.",
        discussion: """
            Each resource is a table of its own name. Besides the fields it has id, record (the whole record as Welkin \
            sent it), cursor_us, fetched_at and deleted_at (null while Welkin has it).

              welkin-worker schema
              welkin-worker schema patients
              sqlite3 "$WELKIN_REPLICA" "SELECT record ->> '$.first_name' FROM patients WHERE deleted_at IS NULL"
            """)

    @Argument(help: "A resource. Default: all of them.")
    var resource: String?

    func run() throws {
        guard let name = resource else { return StandardStream.output.write(SchemaText.resources) }
        guard let resource = Catalogue.resource(named: name) else {
            throw ValidationError("“\(name)” is not in the catalogue.")
        }
        StandardStream.output.write(SchemaText.fields(of: resource))
    }
}
