import Records
import Foundation
import GRDB

/// The tables of resources: created on demand, and extended when the catalogue grows.
enum Tables {
    /// Creates the table, or adds the columns that it lacks. Fills the new columns of
    /// stored records.
    static func ensure(_ layout: TableLayout, in database: Database) throws {
        guard try database.tableExists(layout.name) else {
            for sql in layout.createSQL { try database.execute(sql: sql) }
            return
        }
        let present = Set(try database.columns(in: layout.name).map(\.name))
        let missing = layout.columns.filter { !present.contains($0.name) }
        for column in missing { try add(column, layout, in: database) }
        if missing.contains(where: layout.fields.contains) { try refill(layout, in: database) }
    }

    private static func add(_ column: Column, _ layout: TableLayout, in database: Database) throws {
        try database.execute(sql: #"ALTER TABLE "\#(layout.name)" ADD COLUMN \#(layout.declaration(column))"#)
    }

    /// Adds to the tables of an older replica the column for the stream that brought a row, and fills it as far as
    /// possible: by what the record itself says, or because there is only one stream. The rest is filled when it
    /// comes again.
    static func addStreams(in database: Database) throws {
        let streams = try Row.fetchAll(database, sql: "SELECT resource, filter FROM welkin_streams")
            .map { StreamID(resource: $0["resource"], filterText: $0["filter"]) }
        for (name, streams) in Dictionary(grouping: streams, by: \.resource) {
            guard let resource = Catalogue.resource(named: name) ?? .unknown(name),
                let layout = try? TableLayout(resource), try database.tableExists(name)
            else { continue }
            let present = Set(try database.columns(in: name).map(\.name))
            for column in TableLayout.own where !present.contains(column.name) { try add(column, layout, in: database) }
            for stream in streams {
                guard let filter = stream.filter else { continue }
                let isOnly = streams.count == 1
                let isIts = present.contains(filter.name) ? #""\#(filter.name)" = ?"# : "? IS NULL"
                try database.execute(
                    sql: #"UPDATE "\#(name)" SET "stream" = ? WHERE \#(isOnly ? "? IS NOT NULL" : isIts)"#,
                    arguments: [stream.filterText, filter.value])
            }
        }
    }

    /// Creates the indexes that queries need. Filling a table first and creating its indexes afterwards
    /// takes a third of the time, because a page's records are scattered all over them.
    static func index(_ layout: TableLayout, in database: Database) throws {
        // A sort takes as much memory again as the cache; beyond that it merges files, which
        // hardly takes longer (vdbesort.c).
        let size = try Int.fetchOne(database, sql: "PRAGMA cache_size") ?? 0
        try database.execute(sql: "PRAGMA cache_size = -2048")
        defer { try? database.execute(sql: "PRAGMA cache_size = \(size)") }
        for sql in layout.indexSQL + layout.dropIndexSQL { try database.execute(sql: sql) }
    }

    /// Whether the table has its indexes.
    static func isIndexed(_ layout: TableLayout, in database: Database) throws -> Bool {
        let names = try String.fetchSet(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?",
            arguments: [layout.name])
        return layout.indexes.allSatisfy { names.contains($0.name) }
    }

    /// Gives the tables of a replica that an older version has filled the indexes of this one. Tables that are still
    /// being filled have none.
    static func completeIndexes(in database: Database) throws {
        let names = try String.fetchSet(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND name GLOB 'welkin_ix_*'")
        guard !names.isEmpty else { return }
        for resource in Catalogue.resources {
            guard let layout = try? TableLayout(resource) else { continue }
            let (indexes, former) = (layout.indexes.map(\.name), layout.formerIndexes.map(\.name))
            guard (indexes + former).contains(where: names.contains), !indexes.allSatisfy(names.contains) else {
                continue
            }
            try ensure(layout, in: database)
            try index(layout, in: database)
        }
    }

    private static func refill(_ layout: TableLayout, in database: Database) throws {
        let update = try PreparedStatement(database, sql: layout.refillSQL)
        var binder = FieldBinder(layout)
        var last: Int64 = .min
        while true {
            let rows = try Row.fetchAll(
                database,
                sql:
                    #"SELECT rowid, CAST("record" AS BLOB) FROM "\#(layout.name)" WHERE rowid > ? ORDER BY rowid LIMIT 500"#,
                arguments: [last])
            guard !rows.isEmpty else { return }
            for row in rows {
                let number: Int64 = row[0]
                last = number
                let bytes: [UInt8] = Array(row[1] as Data)
                guard let record = Record(parsing: bytes) else { continue }
                try unsafe record.bytes.withUnsafeBufferPointer { bytes in
                    try update.bind(number, at: 1)
                    try unsafe binder.bind(record.json, bytes, to: update)
                    try update.run()
                }
            }
        }
    }
}
