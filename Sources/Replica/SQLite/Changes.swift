import Records
import GRDB
import Identifiers
import StrictJSON

/// The patients whose records one transaction has changed, of one resource.
struct ChangedPatients {
    /// Above this it is noted that anybody's may have changed.
    static let most = 50

    /// As records spell them.
    private var spellings: Set<[UInt8]> = []
    /// Whether a record of no patient has changed.
    private(set) var hasOthers = false
    /// Whether there are too many patients to name.
    private(set) var isAll = false
    private let isBulk: Bool

    /// In lower case if they are GUIDs.
    var patients: Set<String> { Set(spellings.map { Spellings.folded(String(decoding: $0, as: UTF8.self)) }) }

    /// Nobody's.
    ///
    /// - Parameter isBulk: names no patient as soon as a record has changed.
    init(isBulk: Bool = false) { self.isBulk = isBulk }

    /// Anybody's may have changed.
    static var everybody: ChangedPatients {
        var all = ChangedPatients(isBulk: true)
        all.add(nil)
        return all
    }

    /// - Parameter patient: the id, in UTF-8; nil for a record of no patient.
    mutating func add(_ patient: ArraySlice<UInt8>?) {
        if isBulk {
            isAll = true
        } else if let patient, !patient.isEmpty {
            spellings.insert(Array(patient))
            if spellings.count > Self.most { isAll = true }
        } else {
            hasOthers = true
        }
    }

    /// The patient that a record names.
    static func patient(of record: Records.Record) -> ArraySlice<UInt8>? {
        record.json[TableLayout.patientField].flatMap { ColumnContent($0, for: .text).text }
    }
}

/// The notes of what each commit has changed.
enum Changes {
    /// How long notes are kept.
    static let life = Duration.seconds(86_400)
    /// Old notes go with every so many new ones.
    private static let interval: Int64 = 64

    /// Adds the notes of one transaction; none if nothing has changed.
    static func note(
        _ changed: ChangedPatients, of resource: String, at instant: Instant, in database: Database
    ) throws {
        let patients: [String?] =
            changed.isAll ? [ChangeNote.everybody] : changed.patients.sorted() + (changed.hasOthers ? [nil] : [])
        guard !patients.isEmpty else { return }
        let insert = try PreparedStatement(
            database, sql: "INSERT INTO welkin_changes (resource, patient, at_us) VALUES (?1, ?2, ?3)")
        for patient in patients {
            try insert.bind(resource, at: 1)
            if let patient { try insert.bind(patient, at: 2) }
            try insert.bind(instant.microseconds, at: 3)
            try insert.run()
        }
        let last = database.lastInsertedRowID
        if last % interval < Int64(patients.count) { try prune(upTo: last, now: instant, in: database) }
    }

    /// Deletes notes from the oldest on, up to the first one that is young. The last one stays, because its number says
    /// where the notes end. One from the future counts as old: a clock was wrong.
    private static func prune(upTo last: Int64, now: Instant, in database: Database) throws {
        let young = try Int64.fetchOne(
            database,
            sql: "SELECT number FROM welkin_changes WHERE at_us >= ? AND at_us <= ? ORDER BY number LIMIT 1",
            arguments: [(now - life).microseconds, (now + life).microseconds])
        try database.execute(
            sql: "DELETE FROM welkin_changes WHERE number < ?", arguments: [min(young ?? last, last)])
    }
}
