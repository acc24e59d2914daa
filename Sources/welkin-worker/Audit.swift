import ArgumentParser
import DataAPI
import Identifiers
import Journal
import Platform
import WorkerProgram

/// Lists who has seen what.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List who has read what, and what was refused.",
        discussion: """
            Reads the journal (WELKIN_JOURNAL), also while others write to it, oldest entry first. Each entry says when, \
            who, which patient, by which route and with which outcome, but no values. Reading the audit is itself \
            recorded, before anything is printed: with the route audit, the patient asked for, and the account that \
            ran the command.

              welkin-worker audit --from 2026-01-01 --to 2026-01-31
              welkin-worker audit --patient 3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6
              welkin-worker audit --worker 2c75593b-acce-46ec-9ab3-bb642ba7cc0e --format csv --output audit.csv
              welkin-worker audit --format ndjson | jq -r 'select(.outcome != "ok")'

            Times are UTC, in options too unless they have an offset. The table shortens ids; csv and ndjson have all \
            of each entry. More than 60 refused attempts of one launch in a minute are counted in one entry with the \
            outcome counted. A file exists completely or not at all, and only this user can read it.
            """)

    @Option(help: .init("Only what this worker did.", valueName: "id"), transform: WorkerID.argument)
    var worker: WorkerID?

    @Option(help: .init("Only what is about this patient.", valueName: "id"), transform: PatientID.argument)
    var patient: PatientID?

    @Option(
        help: .init("Only from this date or instant on.", valueName: "time"),
        transform: { try Audit.instant($0, AuditSpan.beginning) })
    var from: Instant?

    @Option(
        help: .init("Only to the end of this date, or before this instant.", valueName: "time"),
        transform: { try Audit.instant($0, AuditSpan.end) })
    var to: Instant?

    @Option(help: "csv or ndjson. Default: a table.")
    var format: AuditFormat?

    @Option(name: .shortAndLong, help: .init("The file to write. Default: standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        if let from, let to, from >= to { throw ValidationError("--from must be before --to.") }
    }

    func run() async throws {
        let settings = try Loading.settings(JournalSettings.load(environment: Loading.environment))
        let target = try output.map { try Loading.target($0, besides: settings.stores.path, settings.path) }
        let journal = try Loading.journal { () throws(JournalError) in
            try SQLiteJournal(path: settings.path, provider: settings.provider, creating: false)
        }
        let now = TimeSource.system.now()
        // Its own entry is the last: those that come meanwhile belong to the next list.
        let end = now + .microseconds(1)
        let query = AuditQuery(worker: worker, patient: patient, from: from, before: to.map { min($0, end) } ?? end)
        let entry = AuditEntry(
            time: now, actor: .account(OperatorAccount.current), patient: patient, route: "audit",
            resource: worker.map { _ in "workers" }, record: worker?.folded)
        let (format, width) = (
            format, target == nil && StandardStream.output.isTerminal ? StandardStream.output.width : nil
        )
        let task = Task {
            try await journal.add(entry, .writes)
            let file = try target.map { try OutputFile($0, mode: 0o600) }
            func write(_ bytes: [UInt8]) throws {
                if let file { try file.write(bytes) } else { try StandardStream.output.write(bytes) }
            }
            try write(format?.header ?? Array(AuditLine.head.utf8))
            var last: StoredAuditEntry?
            repeat {
                try Task.checkCancellation()
                let page = try await journal.entries(query, after: last, limit: 500)
                var bytes: [UInt8] = []
                for entry in page {
                    if let format {
                        format.append(entry, to: &bytes)
                    } else {
                        bytes += AuditLine.text(entry, width: width).utf8
                    }
                }
                try write(bytes)
                last = page.count == 500 ? page.last : nil
            } while last != nil
            try file?.commit()
        }
        let signal = StopSignal { task.cancel() }
        do {
            try await task.value
            try await journal.close()
        } catch {
            if let stop = signal.exitCode { throw ExitCode(stop) }
            if let error = error as? JournalError { throw Loading.failure(error) }
            throw error
        }
    }

    private static func instant(_ text: String, _ read: (String) -> Instant?) throws -> Instant {
        guard let instant = read(text) else {
            throw ValidationError("“\(text)” is not a date or an instant, such as 2026-01-31 or 2026-01-31T08:00:00Z.")
        }
        return instant
    }
}

extension WelkinID {
    static func argument(_ text: String) throws -> Self {
        guard let id = Self(text) else { throw ValidationError("“\(text)” is not an id.") }
        return id
    }
}

extension AuditFormat: ExpressibleByArgument {}
