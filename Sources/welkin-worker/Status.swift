import ArgumentParser
import DataAPI
import Replica
import WorkerProgram

/// Says how far the replica is.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether the replica is current, and what is wrong where it is not.",
        discussion: """
            Reads the replica alone, also while a sync runs, and says so then; only WELKIN_REPLICA is needed. Where \
            there is no replica, the exit code is 4.

            A verdict comes first, then a row for each resource that is not in order: one that fails, is behind (by \
            more than 15 minutes), was never pulled to its end, has a cursor in the future, has unfinished instants \
            (more records carry one of them than a page holds, and some may be missing) or something quarantined. \
            --all has a row for each.

            What is quarantined is no JSON object or has no id, and has no place in a table. It goes when the record \
            comes well; what could not be told by an id goes with `sync --full --resource NAME`.

            --check is for monitors: one line; exit code 0 when each resource is current, 1 when one fails, is \
            further behind than --max-lag, was never pulled to its end or has a cursor in the future. What is \
            quarantined or unfinished is in the line and does not change the code.

              welkin-worker status
              welkin-worker status --all
              welkin-worker status --check --max-lag 15m
              welkin-worker status --quarantine
              welkin-worker status --json | jq '.resources[] | select(.lag_seconds > 900)'
            """)

    @Flag(name: .shortAndLong, help: "Show a row for each resource, also for those in order.")
    var all = false

    @Flag(help: "List what is quarantined instead; with --json what was received, too, an object a line.")
    var quarantine = false

    @Flag(help: "Print JSON: `run`, and `resources`, an object each, or each value of its filter.")
    var json = false

    @Flag(help: "Print one line for a monitor, and exit with 0 or 1.")
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
            throw ValidationError("“\(text)” is no length of time, such as 90s, 15m, 2h or 1d.")
        }
        return span
    }
}
