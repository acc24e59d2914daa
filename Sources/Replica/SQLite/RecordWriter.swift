internal import DataAPI
internal import GRDB

/// Writes one page's records into their table.
struct RecordWriter {
    private let layout: TableLayout
    private let reader: VersionReader
    private let insert: PreparedStatement
    private let update: PreparedStatement
    private let receivedAt: [UInt8]
    private var binder: FieldBinder

    init(_ database: Database, layout: TableLayout, receivedAt: Instant) throws {
        self.layout = layout
        reader = try VersionReader(database, layout: layout)
        insert = try PreparedStatement(database, sql: layout.insertSQL)
        update = try PreparedStatement(database, sql: layout.updateSQL)
        self.receivedAt = Array(receivedAt.description.utf8)
        binder = FieldBinder(layout)
    }

    /// - Throws: ``QuarantineReason`` when the record has no place in the table, else GRDB's errors.
    mutating func write(_ record: DataAPI.Record, counts: inout CommitCounts) throws {
        let identity = try RecordIdentity(record, cursorField: layout.cursorField)
        let stored = try reader.find(identity, bytes: record.bytes)
        switch stored.map({ Arrival(of: identity, to: $0) }) {
        case nil:
            try run(insert, record, identity)
            counts.inserted += 1
        case .updated:
            try run(update, record, identity)
            counts.updated += 1
        case .unchanged: counts.unchanged += 1
        case .older: counts.older += 1
        }
    }

    private mutating func run(
        _ statement: PreparedStatement, _ record: DataAPI.Record, _ identity: RecordIdentity
    ) throws {
        try unsafe identity.id.withUnsafeBufferPointer { id in
            try unsafe receivedAt.withUnsafeBufferPointer { receivedAt in
                try unsafe record.bytes.withUnsafeBufferPointer { bytes in
                    try unsafe statement.bind(inPlace: id, at: 1)
                    try unsafe statement.bind(inPlace: bytes, at: 2)
                    try statement.bind(identity.cursor?.microseconds, at: 3)
                    try unsafe statement.bind(inPlace: receivedAt, at: 4)
                    try unsafe binder.bind(record.json, bytes, to: statement)
                    try statement.run()
                }
            }
        }
    }
}
