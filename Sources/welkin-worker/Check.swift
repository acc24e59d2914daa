import ArgumentParser
import DataAPI
import Settings
import Replica
import Sync
import Tokens
import WorkerProgram

/// What an operator runs after each change of the settings.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Test the settings, the replica's file, the credentials and each scope.",
        discussion: """
            Changes nothing, and reports every problem at once. Requests one record of the last minute from each \
            resource; checks the replica's file, folder, lock and provider, and those of a journal; reads both files for \
            damage; and reports a clock that is off and a replica that is ahead of it. With the launch handler's settings \
            among them, also checks what serve needs.

              WELKIN_CONFIG=/etc/welkin/worker.env welkin-worker check
              WELKIN_CONFIG=/etc/welkin/welkin.env:/etc/welkin/worker.env welkin-worker check

            Exit codes: 0 no problem, 1 Welkin cannot be reached or answers with an error, or a store is damaged, \
            4 settings, permissions or credentials need a change.
            """)

    func run() async throws {
        var result = CheckResult()
        let loaded = WorkerSettings.load(environment: Loading.environment)
        for problem in loaded.problems { result.problem("\(problem)", ExitStatus.settings) }
        for warning in loaded.warnings { result.warning("\(warning)") }
        // The replica and the API are both tested, even if one has a problem.
        let trial = TrialSettings.load(environment: Loading.environment)
        if let replica = ReplicaSettings.load(environment: Loading.environment).value {
            await checkReplica(replica, trial?.access.source, &result)
            await checkJournal(replica, &result)
        }
        checkService(besides: loaded.problems, &result)
        if let trial { await checkAPI(trial, &result) }
        try StandardStream.output.write(result.lines.map { $0 + "\n" }.joined())
        throw ExitCode(result.exitCode)
    }

    private func checkAPI(_ settings: TrialSettings, _ result: inout CheckResult) async {
        // With a new token, because the current settings are under test, not those of an hour ago.
        var access = settings.access.client()
        access.retry.maximumAttempts = 2
        let client = Client(access)
        do {
            try await client.authenticate()
            result.ok("credentials, at \(settings.access.origin), with the secret \(settings.access.secret.shortID)")
            await checkScopes(settings, client, &result)
        } catch {
            result.failure(error, "credentials")
        }
        try? await client.shutdown()
    }

    private func checkScopes(_ settings: TrialSettings, _ client: Client, _ result: inout CheckResult) async {
        let plan = StreamPlan(of: settings.resources, filterValues: settings.filterValues)
        for skipped in plan.skipped {
            if let problem = skipped.problem { result.note("\(skipped.resource) is not pulled: \(problem)") }
        }
        if let problem = plan.emptiness { result.problem(problem, ExitStatus.settings) }
        var ahead: Duration?
        for stream in plan.streams {
            let now = TimeSource.system.now()
            do {
                let page = try await client.page(
                    FindRequest(
                        stream.resource, filters: stream.filter.map { [$0] } ?? [],
                        page: PageRequest(from: now - .seconds(60), to: now, size: 1)))
                result.ok("\(stream.id)")
                ahead = ahead ?? page.askedAt.map { now - $0 }
            } catch {
                result.failure(error, "\(stream.id), scope \(stream.resource.readScope)")
            }
        }
        if let ahead { result.clock(ahead: ahead) }
    }
}
