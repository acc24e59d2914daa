package import DataAPI
package import Replica
import StrictJSON

/// What `schema` prints.
package enum SchemaText {
    /// All resources: name, cursor, scope, required filter.
    package static var resources: String {
        TextTable.text(
            [["RESOURCE", "ORDERED BY", "SCOPE", "REQUIRED FILTER"]]
                + Catalogue.resources.map {
                    [
                        $0.name, $0.cursorField ?? "-", $0.readScope,
                        $0.isWindowed ? $0.requiredFilters.joined(separator: " ") : "not pulled: it has no records",
                    ]
                })
    }

    /// A table's columns: their content, the reference's type, and the values that it mentions.
    package static func columns(of resource: Resource) throws(ReplicaError) -> String {
        TextTable.text(
            [["COLUMN", "HOLDS", "REFERENCE", "VALUES"]]
                + (try ReplicaSchema.columns(of: resource)).map { column in
                    let field = resource.field(column.name)
                    return [
                        column.name, column.kind.rawValue, field?.type.rawValue ?? "-",
                        field?.values.joined(separator: " ") ?? "",
                    ]
                })
    }

    /// The SQL of their tables and indexes.
    package static func sql(of resources: [Resource]) throws(ReplicaError) -> String {
        var text = ""
        for resource in resources {
            for statement in try ReplicaSchema.sqlite(of: resource) { text += statement + ";\n" }
        }
        return text
    }

    /// An array of tables with their columns.
    package static func json(of resources: [Resource]) throws(ReplicaError) -> String {
        var tables: [(resource: Resource, columns: [Column])] = []
        for resource in resources { tables.append((resource, try ReplicaSchema.columns(of: resource))) }
        var json = JSONWriter()
        json.array {
            for (resource, columns) in tables { $0.object { write(resource, columns, &$0) } }
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ resource: Resource, _ columns: [Column], _ json: inout JSONWriter) {
        json.member("table", resource.name)
        json.member("title", resource.title)
        json.member("ordered_by", resource.cursorField)
        json.member("scope", resource.readScope)
        json.member("required_filters", array: { for name in resource.requiredFilters { $0.string(name) } })
        json.member(
            "columns",
            array: { json in
                for column in columns {
                    let field = resource.field(column.name)
                    json.object {
                        $0.member("name", column.name)
                        $0.member("holds", column.kind.rawValue)
                        $0.member("reference", field?.type.rawValue)
                        $0.member("values", array: { for value in field?.values ?? [] { $0.string(value) } })
                    }
                }
            })
    }
}
