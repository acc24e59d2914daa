import Records
import GRDB

/// Writes records into their table, and collects whose they are.
struct RecordWriter {
    private let layout: TableLayout
    private let reader: VersionReader
    private let insert: PreparedStatement
    private let database: Database
    /// Prepared when the first record needs them: a first pull only inserts.
    private var updates: Updates?
    private let receivedAt: Instant
    private let receivedText: [UInt8]
    /// Nil for records that no stream brings: a row stays its stream's.
    private let stream: [UInt8]?
    private let overrules: Bool
    private var binder: FieldBinder
    private(set) var changes: ChangedPatients

    /// - Parameter stream: the stream that brings the records; nil if they were got by their ids.
    init(
        _ database: Database, layout: TableLayout, stream: StreamID?, receivedAt: Instant, overrules: Bool,
        changes: ChangedPatients
    ) throws {
        self.layout = layout
        self.changes = changes
        reader = try VersionReader(database, layout: layout)
        insert = try PreparedStatement(database, sql: layout.insertSQL)
        self.database = database
        self.receivedAt = receivedAt
        receivedText = Array(receivedAt.description.utf8)
        self.stream = stream.map { Array($0.filterText.utf8) }
        self.overrules = overrules
        binder = FieldBinder(layout)
    }

    /// - Parameters:
    ///   - isRepaired: whether the record is a repaired copy of what was received.
    ///   - askedAt: when the record was asked for; nil if unknown.
    /// - Throws: ``QuarantineReason`` if the table cannot hold the record, otherwise GRDB's errors.
    mutating func write(
        _ record: Records.Record, isRepaired: Bool, askedAt: Instant?, counts: inout CommitCounts
    ) throws {
        let identity = try RecordIdentity(record, cursorField: layout.cursorField)
        let stored = try reader.find(identity, bytes: record.bytes, isRepaired: isRepaired, stream: stream)
        guard let stored else {
            try run(insert, record, identity, number: nil, isRepaired)
            counts.inserted += 1
            note(record, identity)
            return
        }
        let times = AnswerTimes(askedAt: askedAt, receivedAt: receivedAt)
        switch Arrival(of: identity, to: stored, overrules: overrules, times) {
        case .updated:
            try update(stored.number, record, identity, isRepaired)
            counts.updated += 1
            note(record, identity, before: stored.patient)
            return
        case .unchanged: counts.unchanged += 1
        case .older: counts.older += 1
        }
        if let stream, !stored.isOfStream {
            let move = try prepared().move
            try move.bind(stored.number, at: 1)
            try move.bind(stream, at: 5)
            try move.run()
        }
    }

    /// Notes whose record has changed: also whose it was before.
    private mutating func note(_ record: Records.Record, _ identity: RecordIdentity, before: [UInt8]? = nil) {
        // A bulk load is noted as one, and costs nothing here.
        guard !changes.isAll else { return }
        if layout.isOfPatients {
            changes.add(identity.id[...])
        } else {
            changes.add(layout.hasPatient ? binder.patient : ChangedPatients.patient(of: record))
            if let before { changes.add(before[...]) }
        }
    }

    private mutating func update(
        _ number: Int64, _ record: Records.Record, _ identity: RecordIdentity, _ isRepaired: Bool
    ) throws {
        let updates = try prepared()
        try run(updates.unindexed, record, identity, number: number, isRepaired)
        if updates.unindexed.changes == 0 { try run(updates.all, record, identity, number: number, isRepaired) }
    }

    private mutating func prepared() throws -> Updates {
        if let updates { return updates }
        let prepared = try Updates(database, layout, movesToStream: stream != nil)
        updates = prepared
        return prepared
    }

    /// The statements for records that are here.
    private struct Updates {
        let all: PreparedStatement
        /// Changes nothing if an indexed field has another value.
        let unindexed: PreparedStatement
        let move: PreparedStatement

        init(_ database: Database, _ layout: TableLayout, movesToStream: Bool) throws {
            func update(keepsIndexed: Bool) throws -> PreparedStatement {
                try PreparedStatement(
                    database, sql: layout.updateSQL(movesToStream: movesToStream, keepsIndexed: keepsIndexed))
            }
            all = try update(keepsIndexed: false)
            unindexed = try update(keepsIndexed: true)
            move = try PreparedStatement(database, sql: layout.moveSQL)
        }
    }

    /// - Parameter number: the row's; nil to insert one.
    private mutating func run(
        _ statement: PreparedStatement, _ record: Records.Record, _ identity: RecordIdentity, number: Int64?,
        _ isRepaired: Bool
    ) throws {
        try unsafe identity.id.withUnsafeBufferPointer { id in
            try unsafe receivedText.withUnsafeBufferPointer { receivedAt in
                try unsafe record.bytes.withUnsafeBufferPointer { bytes in
                    if let number {
                        try statement.bind(number, at: 1)
                    } else {
                        try unsafe statement.bind(inPlace: id, at: 1)
                    }
                    try unsafe statement.bind(inPlace: bytes, at: 2)
                    try statement.bind(identity.cursor?.microseconds, at: 3)
                    try unsafe statement.bind(inPlace: receivedAt, at: 4)
                    // Null rather than an empty text for resources without a filter, which are nearly all.
                    if let stream, !stream.isEmpty { try statement.bind(stream, at: 5) }
                    if isRepaired { try statement.bind(1, at: 6) }
                    try unsafe binder.bind(record.json, bytes, to: statement)
                    try statement.run()
                }
            }
        }
    }
}
