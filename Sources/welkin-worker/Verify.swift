import ArgumentParser
import DataAPI
import Replica
import Sync
import Tokens
import Worker

/// Compares the replica with Welkin.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare the replica with Welkin, record by record, and maybe repair it.",
        discussion: """
            Fetches everything up to each resource's cursor; every difference is confirmed by a second look. Kinds: \
            missing (not here), stale (an older version is here), newer (Welkin has an older one; never repaired), \
            deleted (marked as deleted here, but Welkin has it), extra (Welkin answers 404). Records are told by short \
            keyed hashes. Exit code 0 means that nothing differs, 1 that something differs still.

              welkin-worker verify
              welkin-worker verify --resource patients --repair

            --repair writes what is missing, stale or wrongly marked, and marks as deleted what is extra, unless that \
            were more than ten rows and more than one in twenty of a resource's.
            """)

    @OptionGroup var selection: ResourceOptions

    @Flag(help: "Put right what differs.")
    var repair = false

    @Flag(name: .customLong("allow-mass-deletion"), help: "Mark as deleted however many rows are extra.")
    var allowMassDeletion = false

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if allowMassDeletion, !repair { throw ValidationError("--allow-mass-deletion needs --repair.") }
    }

    func run() async throws {
        let settings = try Loading.settings(WorkerSettings.load(environment: Loading.environment))
        let reporter = report.reporter
        let streams = try selection.streams(settings, reporter)
        let run = try WorkerRun(settings, reporter, mode: repair ? .writing : .reading) { event in
            // What was found is told at the end, with its figures.
            if case .ended(_, .done) = event { return }
            reporter.sync(event)
        }
        let permission = repair ? Repair(allowsMassDeletion: allowMassDeletion) : nil
        let hash = KeyedHash(derivedFrom: MACKey(settings.access.secret), label: "welkin-worker verify")
        let (results, stop) = await run.perform { engine in
            await engine.verify(streams, repair: permission) { Fingerprint.text(hash.hash($0)) }
        }
        for result in results { reporter.log(LogEntry(result)) }
        try await run.close()
        throw ExitCode(stop ?? ExitStatus.of(results))
    }
}
