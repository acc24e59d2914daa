import ArgumentParser
import DataAPI
import Replica
import Sync
import WorkerProgram

/// Pulls what changed.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pull what changed into the replica.",
        discussion: """
            The first run pulls everything; each later run pulls what has changed since. A run that is stopped or \
            killed loses nothing: the next run continues where it stopped. Only one run works at a time; a second one \
            ends with exit code 75.

              welkin-worker sync
              welkin-worker sync --resource patients --resource visits
              welkin-worker sync --resource patients --since 2026-01-01
              welkin-worker sync --full --dry-run
              welkin-worker sync --quiet --metrics-file /var/lib/node_exporter/welkin.prom

            On a terminal, shows a bar for each resource and ends with a summary; elsewhere, writes log lines.
            """)

    @OptionGroup var selection: ResourceOptions

    @Option(
        help: .init(
            """
            Pull again what has changed since this instant, such as 2026-01-01 or 2026-01-01T08:00:00Z. Never \
            skips anything: a resource that is further behind, or whose first pull is not finished, continues there.
            """, valueName: "instant"),
        transform: Instant.argument)
    var since: Instant?

    @Flag(help: "Pull everything again. Welkin's version wins, even if it is older.")
    var full = false

    @Flag(name: .customLong("dry-run"), help: "Fetch and count what would change, but change nothing on disk.")
    var dryRun = false

    @Option(help: .init("Resources to pull at once. Default: $WELKIN_SYNC_JOBS, or 2.", valueName: "n"))
    var jobs: Int?

    @Option(
        name: .customLong("metrics-file"),
        help: .init("Write metrics to it, for node_exporter's textfile collector (Prometheus).", valueName: "file"))
    var metricsFile: String?

    @OptionGroup var source: SourceOptions

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if full, since != nil { throw ValidationError("--full and --since exclude each other.") }
        if dryRun, metricsFile != nil { throw ValidationError("--dry-run and --metrics-file exclude each other.") }
        if let jobs, !(1...16).contains(jobs) { throw ValidationError("--jobs must be a number from 1 to 16.") }
    }

    func run() async throws {
        let reporter = report.reporter
        let settings = try report.settings(reporter)
        let code = try await work(settings, reporter)
        // After the run has released its lock, so that a monitor that does not answer blocks no other run.
        if code == ExitStatus.done, !dryRun, let url = settings.heartbeat {
            await Heartbeat.send(to: url, by: settings.access.network, reporter)
        }
        throw ExitCode(code)
    }

    /// - Returns: the exit code.
    private func work(_ settings: WorkerSettings, _ reporter: Reporter) async throws -> Int32 {
        let streams = try selection.streams(settings, reporter)
        let metrics = try metricsFile.map {
            try Loading.target($0, besides: settings.replica.path, settings.replica.journal)
        }
        let start: PullStart = full ? .full : since.map { .since($0) } ?? .cursor
        let (started, uptime) = (TimeSource.system.now(), TimeSource.system.uptime())
        let run = try WorkerRun(
            settings, report, reporter, mode: dryRun ? .previewing : .writing, acceptsChange: source.acceptChange,
            onEvent: reporter.sync)
        let (isDry, jobs) = (dryRun, jobs ?? settings.jobs)
        let (results, stop) = await run.perform(streams) { engine in
            isDry ? await engine.preview(streams, from: start) : await engine.pull(streams, from: start, jobs: jobs)
        }
        let isLost = try await !run.isInPlace()
        var code = isLost ? ExitStatus.failed : stop ?? ExitStatus.of(results)
        if let metrics {
            code = await run.writeMetrics(to: metrics, exitCode: code, started: started, reporter)
        }
        let elapsed = TimeSource.system.uptime() - uptime
        let exitCode = code
        reporter.conclude([SyncSummary(results).entry(exitCode: exitCode, isDry: isDry)]) { width, paint in
            SyncReport(
                results, exitCode: exitCode, elapsed: elapsed, isDry: isDry, isStopped: stop != nil, isLost: isLost
            ).text(width: width, paint: paint)
        }
        try await run.close()
        return code
    }
}

extension Instant {
    /// A date-time, or a date, which means midnight UTC.
    static func argument(_ text: String) throws -> Instant {
        guard let instant = Instant(text) ?? Instant(text + "T00:00:00Z") else {
            throw ValidationError("“\(text)” is not an instant, such as 2026-01-01T08:00:00Z.")
        }
        guard instant >= Instant(microseconds: 0), instant <= TimeSource.system.now() else {
            throw ValidationError(
                "“\(text)” is before 1970 or in the future.")
        }
        return instant
    }
}
