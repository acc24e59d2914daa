import ArgumentParser
import DataAPI
import Replica
import Worker

/// Says how far the replica is.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how far the replica is: rows, cursor, lag, last success, last error.",
        discussion: """
            Reads the replica alone, also while a sync runs, and says so then; only WELKIN_REPLICA is needed. Where \
            there is no replica, the exit code is 4.

            What is kept aside is no JSON object or has no id, and has no place in a table. It goes when the record \
            comes well; what could not be told by an id goes with `sync --full --resource NAME`.

              welkin-worker status
              welkin-worker status --quarantine
              welkin-worker status --json | jq '.resources[] | select(.lag_seconds > 900)'
            """)

    @Flag(help: "List what is kept aside instead; with --json what was received, too, an object a line.")
    var quarantine = false

    @Flag(help: "Print JSON: `run`, and `resources`, an object each, or each value of its filter.")
    var json = false

    func run() async throws {
        let settings = try Loading.settings(ReplicaSettings.load(environment: Loading.environment))
        let replica = try Loading.replica { () throws(ReplicaError) in
            try SQLiteReplica(readingFrom: settings.path, provider: settings.provider)
        }
        guard !quarantine else { return try await list(replica) }
        let status = try await Loading.replica { () async throws(ReplicaError) in try await replica.status() }
        let run = try Loading.replica { () throws(ReplicaError) in try RunLock.holder(beside: settings.path) }
        let report = StatusReport(status, run: run, now: TimeSource.system.now())
        try StandardStream.output.write(json ? report.json : report.text)
    }

    private func list(_ replica: SQLiteReplica) async throws {
        if !json { try StandardStream.output.write(QuarantineLine.head) }
        do {
            for try await record in replica.allQuarantined() {
                let line = QuarantineLine(record)
                try StandardStream.output.write(json ? line.json : line.text)
            }
        } catch let error as ReplicaError {
            throw Loading.failure(error)
        }
    }
}
