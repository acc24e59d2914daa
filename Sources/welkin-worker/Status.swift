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

              welkin-worker status
              welkin-worker status --json | jq '.resources[] | select(.lag_seconds > 900)'
            """)

    @Flag(help: "Print JSON: `run`, and `resources`, an object each, or each value of its filter.")
    var json = false

    func run() async throws {
        let settings = try Loading.settings(ReplicaSettings.load(environment: Loading.environment))
        let replica = try Loading.replica { () throws(ReplicaError) in
            try SQLiteReplica(readingFrom: settings.path, provider: settings.provider)
        }
        let status = try await Loading.replica { () async throws(ReplicaError) in try await replica.status() }
        let run = try Loading.replica { () throws(ReplicaError) in try RunLock.holder(beside: settings.path) }
        let report = StatusReport(status, run: run, now: TimeSource.system.now())
        StandardStream.output.write(json ? report.json : report.text)
    }
}
