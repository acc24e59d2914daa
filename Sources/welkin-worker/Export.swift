import ArgumentParser
import DataAPI
import Platform
import Replica
import WorkerProgram

/// Writes a resource's records to a file or to standard output.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a resource's records as CSV or as lines of JSON.",
        discussion: """
            Reads only the replica, even during a sync, and holds little in memory. Leaves out records that are marked \
            as deleted.

              welkin-worker export patients --format csv --output patients.csv
              welkin-worker export visits --format ndjson | jq -r .id

            CSV has the table's columns; a missing value is empty, an empty text is "". NDJSON has each record as \
            Welkin sent it. A file exists completely or not at all, and only this user can read it. A partial file is \
            called .FILE.welkin-worker-PID.partial, and the next export removes it. Follows symbolic links; writes \
            into devices and pipes.
            """)

    @Argument(help: "The resource.", transform: Resource.argument)
    var resource: Resource

    @Option(help: "csv or ndjson.")
    var format: ExportFormat

    @Option(name: .shortAndLong, help: .init("The file to write. Default: standard output.", valueName: "file"))
    var output: String?

    func run() async throws {
        let settings = try Loading.settings(ReplicaSettings.load(environment: Loading.environment))
        let target = try output.map { try Loading.target($0, besides: settings.path, settings.journal) }
        let replica = try Loading.replica { () throws(ReplicaError) in
            try SQLiteReplica(readingFrom: settings.path, provider: settings.provider)
        }
        let (resource, format) = (resource.name, format)
        let task = Task {
            let table = try await replica.columns(of: resource)
            guard !table.isEmpty else { throw ExportFailure.noTable(resource) }
            let columns = format.columns(of: table)
            let file = try target.map { try OutputFile($0, mode: 0o600) }
            func write(_ bytes: [UInt8]) throws {
                if let file { try file.write(bytes) } else { try StandardStream.output.write(bytes) }
            }
            var bytes = format.header(columns)
            for try await row in replica.allRows(of: resource, columns: columns) {
                try Task.checkCancellation()
                format.append(row, to: &bytes)
                guard bytes.count >= 1 << 16 else { continue }
                try write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
            try write(bytes)
            try file?.commit()
        }
        let signal = StopSignal { task.cancel() }
        do {
            try await task.value
        } catch {
            if let stop = signal.exitCode { throw ExitCode(stop) }
            if error is FileFailure { throw error }
            StandardStream.tell("welkin-worker: \(error)\n")
            throw ExitCode((error as? ReplicaError).map(ExitStatus.of) ?? ExitStatus.failed)
        }
    }
}

private enum ExportFailure: Error, CustomStringConvertible {
    case noTable(String)

    var description: String {
        switch self {
        case .noTable(let name): "the replica has no \(name): run `welkin-worker sync --resource \(name)` first"
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}
