import Records
import GRDB

/// Looks up which version of a record is here.
struct VersionReader {
    private let select: PreparedStatement

    init(_ database: Database, layout: TableLayout) throws {
        select = try PreparedStatement(database, sql: layout.selectSQL)
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
            return unsafe StoredState(
                number: select.integer(3) ?? 0, cursor: Instant(select.integer(1)),
                isIdentical: bytes.withUnsafeBufferPointer { unsafe select.column(0, equals: $0) }
                    && (select.integer(5) == 1) == isRepaired,
                isDeleted: !select.isNull(2),
                isOfStream: stream.map {
                    unsafe $0.withUnsafeBufferPointer { unsafe select.column(4, equals: $0) }
                } ?? true)
        }
    }
}
