import DataAPI
import Replica
import Sync
import WorkerProgram

extension Check {
    /// The clocks of this machine and of Welkin may differ by so much.
    private static let clockTolerance = Duration.seconds(60)

    /// Looks at everything on the disk that `sync` needs.
    ///
    /// - Parameter source: where its records come from with these settings; nil where they do not tell.
    func checkReplica(_ settings: ReplicaSettings, _ source: ReplicaSource?, _ result: inout CheckResult) async {
        do throws(ReplicaError) {
            if let replica = try open(settings, source) {
                try await checkContent(replica, settings, &result)
            } else {
                try ReplicaPlace.check(settings.path)
                result.ok("replica \(settings.path): not there yet, sync makes it")
            }
        } catch .olderSchema {
            result.ok("replica \(settings.path): of an older version, sync brings it up to date")
        } catch {
            result.problem("replica: \(error); \(error.remedy)", ExitStatus.of(error))
        }
        do {
            _ = try TokenFile.beside(settings.path).load("")
        } catch {
            result.warning("token: \(error); delete it, sync makes another one")
        }
    }

    /// Nil where there is none.
    private func open(_ settings: ReplicaSettings, _ source: ReplicaSource?) throws(ReplicaError) -> SQLiteReplica? {
        do {
            return try SQLiteReplica(readingFrom: settings.path, provider: settings.provider, source: source)
        } catch .missing {
            return nil
        }
    }

    private func checkContent(
        _ replica: SQLiteReplica, _ settings: ReplicaSettings, _ result: inout CheckResult
    ) async throws(ReplicaError) {
        if let failure = LockFile.failure(beside: settings.path) {
            result.problem(
                "lock: \(failure); delete it while no run is at work, sync makes another one", ExitStatus.settings)
        } else if let run = try RunLock.holder(beside: settings.path) {
            let process = run.process.map { ": process \($0)" } ?? ""
            result.note("a run is at work\(process)\(run.since.map { ", since \($0)" } ?? "")")
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
                "\(status.stream): it is up to \(cursor), which lies ahead; look at this machine's clock, then run "
                    + "`welkin-worker sync --resource \(status.stream.resource)`", ExitStatus.failed)
        }
    }

    /// Says on standard error that it goes on, where it takes long.
    private func watched<Value>(
        _ body: () async throws(ReplicaError) -> Value
    ) async throws(ReplicaError) -> Value {
        let watch = Task {
            for seconds in 1... {
                try await TimeSource.system.sleep(.seconds(1))
                guard seconds % 5 == 0 else { continue }
                StandardStream.tell("welkin-worker: the replica is read for damage, since \(seconds) s\n")
            }
        }
        defer { watch.cancel() }
        return try await body()
    }
}
