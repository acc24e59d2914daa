import ArgumentParser
import DataAPI
import Replica
import Sync
import Worker

/// What an operator runs after each change of the settings.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try the settings, the replica's file, the credentials and each scope; say every problem.",
        discussion: """
            Changes nothing. Each resource is asked for one record of the last minute.

              WELKIN_CONFIG=/etc/welkin/worker.env welkin-worker check

            Exit codes: 0 all is well, 1 Welkin cannot be reached or answers with an error, 4 settings, permissions \
            or credentials have to be put right.
            """)

    func run() async throws {
        var result = CheckResult()
        let loaded = WorkerSettings.load(environment: Loading.environment)
        for problem in loaded.problems { result.problem("\(problem)", ExitStatus.settings) }
        for warning in loaded.warnings { result.lines.append("warning  \(warning)") }
        let replica = loaded.value?.replica ?? ReplicaSettings.load(environment: Loading.environment).value
        if let replica { checkReplica(replica, &result) }
        if let settings = loaded.value { await checkAPI(settings, &result) }
        StandardStream.output.write(result.lines.map { $0 + "\n" }.joined())
        throw ExitCode(result.exitCode)
    }

    private func checkReplica(_ settings: ReplicaSettings, _ result: inout CheckResult) {
        do {
            _ = try SQLiteReplica(readingFrom: settings.path, provider: settings.provider)
            result.lines.append("ok       replica \(settings.path)")
        } catch .missing {
            result.lines.append("ok       replica \(settings.path): not there yet, sync makes it")
        } catch {
            result.problem("replica: \(error); \(error.remedy)", error.kind.exitCode)
        }
    }

    private func checkAPI(_ settings: WorkerSettings, _ result: inout CheckResult) async {
        var access = settings.client { _ in }
        // A new token: what the settings say now is to be tried, not what was good an hour ago.
        access.tokenStore = nil
        access.retry.maximumAttempts = 2
        let client = Client(access)
        do {
            try await client.authenticate()
            result.lines.append("ok       credentials, at \(settings.access.origin)")
            await checkScopes(settings, client, &result)
        } catch {
            result.failure(error, "credentials")
        }
        try? await client.shutdown()
    }

    private func checkScopes(_ settings: WorkerSettings, _ client: Client, _ result: inout CheckResult) async {
        let plan = StreamPlan(of: settings.resources, filterValues: settings.filterValues)
        for skipped in plan.skipped {
            if let problem = skipped.problem {
                result.lines.append("note     \(skipped.resource) is not pulled: \(problem)")
            }
        }
        let now = TimeSource.system.now()
        for stream in plan.streams {
            do {
                _ = try await client.page(
                    FindRequest(
                        stream.resource, filters: stream.filter.map { [$0] } ?? [],
                        page: PageRequest(from: now - .seconds(60), to: now, size: 1)))
                result.lines.append("ok       \(stream.id)")
            } catch {
                result.failure(error, "\(stream.id), scope \(stream.resource.readScope)")
            }
        }
    }
}
