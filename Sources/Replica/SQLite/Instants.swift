import Records
import GRDB

/// The instants of which Welkin may have more records than pages hold.
enum Instants {
    static func note(_ marks: [InstantMark], of stream: StreamID, in database: Database) throws {
        for mark in marks {
            switch mark {
            case .found(let instant): try save(UnfinishedInstant(instant), of: stream, "NOTHING", in: database)
            case .searched(let unfinished):
                try save(
                    unfinished, of: stream, "UPDATE SET place = excluded.place, turn = excluded.turn", in: database)
            case .finished(let instant):
                try database.execute(
                    sql: "DELETE FROM welkin_instants WHERE resource = ? AND filter = ? AND instant_us = ?",
                    arguments: [stream.resource, stream.filterText, instant.microseconds])
            }
        }
    }

    private static func save(
        _ unfinished: UnfinishedInstant, of stream: StreamID, _ onConflict: String, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO welkin_instants (resource, filter, instant_us, place, turn)
                VALUES (?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM welkin_instants))
                ON CONFLICT (resource, filter, instant_us) DO \(onConflict)
                """,
            arguments: [
                stream.resource, stream.filterText, unfinished.instant.microseconds, unfinished.place,
            ])
    }

    /// The one that has waited longest comes first.
    static func all(of stream: StreamID, in database: Database) throws -> [UnfinishedInstant] {
        try Row.fetchAll(
            database,
            sql: "SELECT instant_us, place FROM welkin_instants WHERE resource = ? AND filter = ? ORDER BY turn",
            arguments: [stream.resource, stream.filterText]
        ).map { UnfinishedInstant(Instant(microseconds: $0["instant_us"]), place: $0["place"]) }
    }
}
