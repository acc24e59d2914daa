import DataAPI
import Replica
import StoreFiles
import Sync
import WorkerProgram

extension Check {
    /// How much the clocks of this machine and of Welkin may differ.
    private static let clockTolerance = Duration.seconds(60)

    /// Checks everything on disk that `sync` needs.
    ///
    /// - Parameter source: where its records come from with these settings; nil if they do not say.
    func checkReplica(_ settings: ReplicaSettings, _ source: ReplicaSource?, _ result: inout CheckResult) async {
        do throws(ReplicaError) {
            if let replica = try open(settings, source) {
                try await checkContent(replica, settings, &result)
            } else {
                do { try StorePlace.check(settings.path) } catch { throw .file(error) }
                result.ok("replica \(settings.path): does not exist yet; sync creates it")
            }
        } catch .olderSchema {
            result.ok("replica \(settings.path): an older version; sync updates it")
        } catch {
            result.problem("replica: \(error); \(error.remedy)", ExitStatus.of(error))
        }
        do {
            _ = try TokenFile.beside(settings.path).load("")
        } catch {
            result.warning("token: \(error); delete it, sync creates a new one")
        }
    }

    /// Nil if there is none.
    private func open(_ settings: ReplicaSettings, _ source: ReplicaSource?) throws(ReplicaError) -> SQLiteReplica? {
        do {
            return try SQLiteReplica(readingFrom: settings.path, provider: settings.provider, source: source)
        } catch .file(.missing(_)) {
            return nil
        }
    }

    private func checkContent(
        _ replica: SQLiteReplica, _ settings: ReplicaSettings, _ result: inout CheckResult
    ) async throws(ReplicaError) {
        if let failure = LockFile.failure(beside: settings.path) {
            result.problem(
                "lock: \(failure); delete it while no run is in progress, sync creates a new one", ExitStatus.settings)
        } else if let run = try RunLock.holder(beside: settings.path) {
            let process = run.process.map { ": process \($0)" } ?? ""
            result.note("a run is in progress\(process)\(run.since.map { ", since \($0)" } ?? "")")
        }
        let findings = try await watched { () async throws(ReplicaError) in try await replica.damage() }
        if let first = findings.first {
            let error = ReplicaError.corrupt(path: settings.path)
            result.problem("replica: \(settings.path) is damaged (\(first)); \(error.remedy)", ExitStatus.failed)
        } else {
            result.ok("replica \(settings.path)")
        }
        let now = TimeSource.system.now()
        for status in try await replica.status() {
            guard let cursor = status.state.cursor, cursor > now + Self.clockTolerance else { continue }
            result.problem(
                "\(status.stream): its cursor \(cursor) is in the future; check this machine's clock, then run "
                    + "`welkin-worker sync --resource \(status.stream.resource)`", ExitStatus.failed)
        }
    }

    /// Reports progress on standard error if the check takes long.
    private func watched<Value>(
        _ body: () async throws(ReplicaError) -> Value
    ) async throws(ReplicaError) -> Value {
        let watch = Task {
            for seconds in 1... {
                try await TimeSource.system.sleep(.seconds(1))
                guard seconds % 5 == 0 else { continue }
                StandardStream.tell("welkin-worker: reading the replica for damage, for \(seconds) s so far\n")
            }
        }
        defer { watch.cancel() }
        return try await body()
    }
}
