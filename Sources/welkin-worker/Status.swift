import ArgumentParser
import DataAPI
import Replica
import WorkerProgram

/// Says how current the replica is.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether the replica is current and, if not, why.",
        discussion: """
            Reads only the replica, even during a sync, which it mentions. Needs only WELKIN_REPLICA. Without a \
            replica, the exit code is 4.

            Prints a verdict, then a row for each resource that is not in order: one that fails, is more than 15 \
            minutes behind, has not finished its first pull, has a cursor in the future, has unfinished instants (more \
            records share the instant than a page holds, and some may be missing) or has quarantined records. --all \
            prints a row for every resource.

            A quarantined record is not a JSON object or has no id, so no table can hold it. It leaves the quarantine \
            when a valid version arrives; one without an id to match leaves with `sync --full --resource NAME`.

            --check is for monitors. It prints one line. The exit code is 0 if every resource is current, and 1 if one \
            fails, is further behind than --max-lag, has not finished its first pull or has a cursor in the future. \
            Quarantined records and unfinished instants appear in the line but do not change the code.

              welkin-worker status
              welkin-worker status --all
              welkin-worker status --check --max-lag 15m
              welkin-worker status --quarantine
              welkin-worker status --json | jq '.resources[] | select(.lag_seconds > 900)'
            """)

    @Flag(name: .shortAndLong, help: "Show a row for every resource, including those in order.")
    var all = false

    @Flag(help: "List quarantined records instead; with --json one object per line, with the content.")
    var quarantine = false

    @Flag(help: "Print JSON: `run`, and `resources`, one object per resource or filter value.")
    var json = false

    @Flag(help: "Print one line for a monitor and exit with 0 or 1.")
    var check = false

    @Option(
        name: .customLong("max-lag"),
        help: .init(
            "With --check: how far a resource may be behind, such as 90s, 15m, 2h or 1d. Default: 15m.",
            valueName: "time"),
        transform: TimeSpan.argument)
    var maximumLag: TimeSpan?

    func validate() throws {
        if maximumLag != nil, !check { throw ValidationError("--max-lag needs --check.") }
        if [check, json || quarantine, all].filter({ $0 }).count > 1 {
            throw ValidationError("--check, --all, and --json or --quarantine exclude each other.")
        }
    }

    func run() async throws {
        let settings = try Loading.settings(ReplicaSettings.load(environment: Loading.environment), json: json)
        let replica = try Loading.replica(json: json) { () throws(ReplicaError) in
            try SQLiteReplica(readingFrom: settings.path, provider: settings.provider)
        }
        guard !quarantine else { return try await list(replica) }
        let status = try await Loading.replica(json: json) { () async throws(ReplicaError) in
            try await replica.status()
        }
        let run = try Loading.replica(json: json) { () throws(ReplicaError) in
            try RunLock.holder(beside: settings.path)
        }
        let report = StatusReport(
            status, run: run, now: TimeSource.system.now(), limit: maximumLag ?? .fifteenMinutes)
        if check {
            try StandardStream.output.write(report.check.line)
            throw ExitCode(report.check.exitCode)
        }
        try StandardStream.output.write(
            json
                ? report.json
                : report.text(all: all, width: StandardStream.output.width, paint: Paint(for: .output)))
    }

    private func list(_ replica: SQLiteReplica) async throws {
        if !json { try StandardStream.output.write(QuarantineLine.head) }
        do {
            for try await record in replica.allQuarantined() {
                let line = QuarantineLine(record)
                try StandardStream.output.write(json ? line.json : line.text)
            }
        } catch let error as ReplicaError {
            throw Loading.failure(error, json)
        }
    }
}

extension TimeSpan {
    static func argument(_ text: String) throws -> TimeSpan {
        guard let span = TimeSpan(text) else {
            throw ValidationError("“\(text)” is not a duration, such as 90s, 15m, 2h or 1d.")
        }
        return span
    }
}
