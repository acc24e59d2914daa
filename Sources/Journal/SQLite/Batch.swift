/// The statements of the connection that writes.
final class BatchStatements {
    let begin: SQLiteStatement
    let commit: SQLiteStatement
    let rollback: SQLiteStatement
    let savepoint: SQLiteStatement
    let release: SQLiteStatement
    let rollbackTo: SQLiteStatement
    let audit: AuditWriter

    init(_ connection: SQLiteConnection) throws(JournalError) {
        // IMMEDIATE, because a transaction that begins by reading cannot wait for another's lock later.
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commit = try connection.prepare("COMMIT")
        rollback = try connection.prepare("ROLLBACK")
        savepoint = try connection.prepare("SAVEPOINT job")
        release = try connection.prepare("RELEASE job")
        rollbackTo = try connection.prepare("ROLLBACK TO job")
        audit = try AuditWriter(connection)
    }
}

/// Jobs that share one transaction.
final class Batch {
    let statements: BatchStatements
    private let connection: SQLiteConnection
    private(set) var hasBegun = false
    /// Why no job of this batch can be kept.
    private var failure: JournalError?
    /// Why a single job cannot be kept, by its place.
    private var failures: [Int: JournalError] = [:]

    init(_ statements: BatchStatements, _ connection: SQLiteConnection) {
        self.statements = statements
        self.connection = connection
    }

    /// Opens the transaction if it is not open yet.
    func begin() throws(JournalError) {
        if let failure { throw failure }
        guard !hasBegun else { return }
        do throws(JournalError) {
            try statements.begin.run()
            hasBegun = true
        } catch {
            failure = error
            throw error
        }
    }

    func execute(_ sql: String) throws(JournalError) { try connection.execute(sql) }

    /// Runs the jobs, and commits what they have written.
    ///
    /// - Returns: why a job was not kept; nil for one that was, or that failed by itself.
    func run(_ jobs: [Job]) -> [JournalError?] {
        var flushes: [(Int, SQLiteTransaction)] = []
        for (place, job) in jobs.enumerated() where failure == nil {
            let transaction = SQLiteTransaction(self)
            let isDone = job.run(transaction)
            // The transaction did not open, or is lost.
            guard failure == nil else { break }
            if transaction.hasSavepoint {
                attempt(place) { () throws(JournalError) in
                    if isDone { try transaction.flush() }
                    try transaction.end(keeping: isDone)
                }
            } else if isDone {
                flushes.append((place, transaction))
            }
        }
        for (place, transaction) in flushes where failure == nil {
            attempt(place) { () throws(JournalError) in try transaction.flush() }
        }
        finish()
        return jobs.indices.map { failure ?? failures[$0] }
    }

    private func attempt(_ place: Int, _ body: () throws(JournalError) -> Void) {
        do throws(JournalError) { try body() } catch {
            if error.isOfOneJob { failures[place] = error } else { failure = error }
        }
    }

    private func finish() {
        guard hasBegun else { return }
        do throws(JournalError) {
            if failure == nil { try statements.commit.run() }
        } catch {
            failure = error
        }
        // A full disk may have ended the transaction already.
        if connection.isInTransaction { try? statements.rollback.run() }
    }
}
