import Records
import GRDB

/// Writes one page's records into their table.
struct RecordWriter {
    private let layout: TableLayout
    private let reader: VersionReader
    private let insert: PreparedStatement
    private let update: PreparedStatement
    private let move: PreparedStatement
    private let receivedAt: [UInt8]
    private let stream: [UInt8]
    private let overrules: Bool
    private var binder: FieldBinder

    init(_ database: Database, layout: TableLayout, _ page: PageCommit) throws {
        self.layout = layout
        reader = try VersionReader(database, layout: layout)
        insert = try PreparedStatement(database, sql: layout.insertSQL)
        update = try PreparedStatement(database, sql: layout.updateSQL)
        move = try PreparedStatement(database, sql: layout.moveSQL)
        receivedAt = Array(page.receivedAt.description.utf8)
        stream = Array(page.stream.filterText.utf8)
        overrules = page.overrules
        binder = FieldBinder(layout)
    }

    /// - Parameter isRepaired: whether the record is a repaired copy of what was received.
    /// - Throws: ``QuarantineReason`` if the table cannot hold the record, otherwise GRDB's errors.
    mutating func write(_ record: Records.Record, isRepaired: Bool, counts: inout CommitCounts) throws {
        let identity = try RecordIdentity(record, cursorField: layout.cursorField)
        let stored = try reader.find(identity, bytes: record.bytes, isRepaired: isRepaired, stream: stream)
        guard let stored else {
            try run(insert, record, identity, isRepaired)
            counts.inserted += 1
            return
        }
        switch Arrival(of: identity, to: stored, overrules: overrules) {
        case .updated:
            try run(update, record, identity, isRepaired)
            counts.updated += 1
            return
        case .unchanged: counts.unchanged += 1
        case .older: counts.older += 1
        }
        if !stored.isOfStream {
            try move.bind(stored.number, at: 1)
            try move.bind(stream, at: 5)
            try move.run()
        }
    }

    private mutating func run(
        _ statement: PreparedStatement, _ record: Records.Record, _ identity: RecordIdentity, _ isRepaired: Bool
    ) throws {
        try unsafe identity.id.withUnsafeBufferPointer { id in
            try unsafe receivedAt.withUnsafeBufferPointer { receivedAt in
                try unsafe record.bytes.withUnsafeBufferPointer { bytes in
                    try unsafe statement.bind(inPlace: id, at: 1)
                    try unsafe statement.bind(inPlace: bytes, at: 2)
                    try statement.bind(identity.cursor?.microseconds, at: 3)
                    try unsafe statement.bind(inPlace: receivedAt, at: 4)
                    // Null rather than an empty text for resources without a filter, which are nearly all.
                    if !stream.isEmpty { try statement.bind(stream, at: 5) }
                    if isRepaired { try statement.bind(1, at: 6) }
                    try unsafe binder.bind(record.json, bytes, to: statement)
                    try statement.run()
                }
            }
        }
    }
}
