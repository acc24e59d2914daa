import Records
import GRDB

/// Looks up which version of a record is here.
struct VersionReader {
    private let select: PreparedStatement
    private let hasPatient: Bool

    init(_ database: Database, layout: TableLayout) throws {
        select = try PreparedStatement(database, sql: layout.selectSQL)
        hasPatient = layout.hasPatient
    }

    /// Nil if it is not here.
    ///
    /// - Parameters:
    ///   - stream: the stream that the record comes from; nil if that does not matter.
    func find(
        _ identity: RecordIdentity, bytes: ArraySlice<UInt8>, isRepaired: Bool, stream: [UInt8]? = nil
    ) throws -> StoredState? {
        defer { select.reset() }
        return try unsafe identity.id.withUnsafeBufferPointer { id in
            try unsafe select.bind(inPlace: id, at: 1)
            guard try select.step() else { return nil }
            let isIdentical =
                unsafe bytes.withUnsafeBufferPointer { unsafe select.column(0, equals: $0) }
                && (select.integer(5) == 1) == isRepaired
            return StoredState(
                number: select.integer(3) ?? 0, cursor: Instant(select.integer(1)), isIdentical: isIdentical,
                // One that cannot be read says at least that it is deleted.
                deletedAt: select.bytes(2).map { Instant(parsing: $0[...]) ?? Instant(microseconds: 0) },
                patient: hasPatient && !isIdentical ? select.bytes(6) : nil,
                isOfStream: stream.map {
                    unsafe $0.withUnsafeBufferPointer { unsafe select.column(4, equals: $0) }
                } ?? true)
        }
    }
}
