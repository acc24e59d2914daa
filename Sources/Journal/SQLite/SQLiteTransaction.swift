/// One job's part of a transaction.
///
/// Audit entries are collected, and written when the work has succeeded: work that fails needs no rollback, and the
/// lock that other processes wait for is not held while replicas are read.
final class SQLiteTransaction: JournalTransaction {
    private let batch: Batch
    private(set) var entries: [AuditEntry] = []
    /// Whether the work has written by itself, inside a savepoint.
    private(set) var hasSavepoint = false

    init(_ batch: Batch) { self.batch = batch }

    func add(_ entry: AuditEntry) { entries.append(entry) }

    /// For work that writes more than audit entries: opens the transaction, and a savepoint, so that work that fails
    /// loses only its own rows.
    func writer() throws(JournalError) -> AuditWriter {
        try batch.begin()
        if !hasSavepoint {
            try batch.statements.savepoint.run()
            hasSavepoint = true
        }
        return batch.statements.audit
    }

    /// Runs SQL on the connection, outside of any transaction of this job's own.
    func execute(_ sql: String) throws(JournalError) { try batch.execute(sql) }

    /// Keeps or undoes what the work has written by itself.
    func end(keeping: Bool) throws(JournalError) {
        guard hasSavepoint else { return }
        hasSavepoint = false
        if !keeping { try batch.statements.rollbackTo.run() }
        try batch.statements.release.run()
    }

    /// Writes the collected entries: all of them, or none.
    func flush() throws(JournalError) {
        guard !entries.isEmpty else { return }
        try batch.begin()
        let isOne = entries.count == 1 && !hasSavepoint
        if !isOne { _ = try writer() }
        do throws(JournalError) {
            for entry in entries { try batch.statements.audit.write(entry) }
            entries = []
        } catch {
            if error.isOfOneJob { try end(keeping: false) }
            throw error
        }
        try end(keeping: true)
    }
}

extension JournalError {
    /// Whether only the job that met it is affected: what it wrote does not fit.
    var isOfOneJob: Bool {
        guard case .database(let code, _) = self else { return false }
        // SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE
        return [18, 19, 20, 25].contains(code & 0xFF)
    }
}
