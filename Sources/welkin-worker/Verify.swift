import ArgumentParser
import DataAPI
import Replica
import Sync
import Tokens
import WorkerProgram

/// Compares the replica with Welkin.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare the replica with Welkin, record by record, and optionally repair it.",
        discussion: """
            Fetches everything up to each resource's cursor, and confirms every difference by a second request. Kinds: \
            missing (not here), stale (an older version is here), newer (Welkin has an older one, such as after a \
            restore), deleted (marked as deleted here, but Welkin has it), extra (Welkin answers 404). Records are \
            identified by short keyed hashes. Exit code 0 means that nothing differs, 1 that something still differs. \
            Without --repair, changes nothing, and ends with what --repair would do.

              welkin-worker verify
              welkin-worker verify --resource patients --repair

            --repair writes missing, stale, newer and wrongly marked records as Welkin has them, and marks extra ones \
            as deleted. A brake marks none if they are more than ten and more than one in twenty of a resource's rows, \
            or more than half of them, because Welkin or the settings may be wrong. --allow-mass-deletion lifts the \
            brake; use it once you know that so many records were deleted in Welkin.
            """)

    @OptionGroup var selection: ResourceOptions

    @Flag(help: "Repair the differences.")
    var repair = false

    @Flag(name: .customLong("allow-mass-deletion"), help: "Mark any number of extra rows as deleted.")
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
