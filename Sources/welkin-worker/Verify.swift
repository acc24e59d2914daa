import ArgumentParser
import DataAPI
import Replica
import Sync
import Tokens
import WorkerProgram

/// Compares the replica with Welkin.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare the replica with Welkin, record by record, and maybe repair it.",
        discussion: """
            Fetches everything up to each resource's cursor; every difference is confirmed by a second look. Kinds: \
            missing (not here), stale (an older version is here), newer (Welkin has an older one, such as after a restore), \
            deleted (marked as deleted here, but Welkin has it), extra (Welkin answers 404). Records are told by short \
            keyed hashes. Exit code 0 means that nothing differs, 1 that something differs still. Without --repair \
            nothing is changed, and the end says what --repair would do.

              welkin-worker verify
              welkin-worker verify --resource patients --repair

            --repair writes what is missing, stale, newer or wrongly marked, as Welkin has it, and marks as deleted what \
            is extra, unless that were more than ten rows and more than one in twenty of a resource's, or more than half \
            of them: then Welkin or the settings may be wrong, and nothing is marked. --allow-mass-deletion lifts that brake, once it is known that so many were \
            deleted in Welkin.
            """)

    @OptionGroup var selection: ResourceOptions

    @Flag(help: "Put right what differs.")
    var repair = false

    @Flag(name: .customLong("allow-mass-deletion"), help: "Mark as deleted however many rows are extra.")
    var allowMassDeletion = false

    @OptionGroup var source: SourceOptions

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if allowMassDeletion, !repair { throw ValidationError("--allow-mass-deletion needs --repair.") }
    }

    func run() async throws {
        let reporter = report.reporter
        let settings = try report.settings(reporter)
        let streams = try selection.streams(settings, reporter)
        let run = try WorkerRun(
            settings, report, reporter, mode: repair ? .writing : .reading, acceptsChange: source.acceptChange,
            onEvent: reporter.verify)
        let permission = repair ? Repair(allowsMassDeletion: allowMassDeletion) : nil
        let hash = KeyedHash(derivedFrom: MACKey(settings.access.secret), label: "welkin-worker verify")
        let (results, stop) = await run.perform(streams) { engine in
            await engine.verify(streams, repair: permission) { Fingerprint.text(hash.hash($0)) }
        }
        let isLost = try await !run.isInPlace()
        let code = isLost ? ExitStatus.failed : stop ?? ExitStatus.of(results)
        let verdict = VerifyReport(
            results, exitCode: code, isRepair: repair, isStopped: stop != nil, isLost: isLost)
        reporter.conclude(verdict.entries) { verdict.text(width: $0, paint: $1) }
        try await run.close()
        throw ExitCode(code)
    }
}
