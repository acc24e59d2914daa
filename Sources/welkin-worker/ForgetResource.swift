import ArgumentParser
import DataAPI
import Settings
import Replica
import WorkerProgram

/// Removes what the replica knows about a resource.
struct ForgetResource: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget-resource",
        abstract: "Remove a resource that is no longer pulled or was named by mistake.",
        discussion: """
            Removes the resource's cursor, last run and quarantined records, so that status and metrics no longer list \
            it. Refuses while the resource has records, unless --records is given, which removes them too. A later \
            pull starts over. Needs WELKIN_REPLICA, WELKIN_PROVIDER_ID and the lock, so it cannot run during a sync.

              welkin-worker forget-resource pateints
              welkin-worker forget-resource calls --records
              welkin-worker forget-resource 'audit_logs?event_type=login' --records
            """)

    @Argument(
        help: .init("The resource, or one value of its filter, as status names it.", valueName: "name"),
        transform: StreamID.argument)
    var stream: StreamID

    @Flag(help: "Also remove its records. Welkin keeps its own.")
    var records = false

    func run() async throws {
        let settings = try Loading.settings(
            BoundReplicaSettings.load(environment: Loading.environment))
        let (stream, records) = (stream, records)
        // Opening to write would create a missing replica; opening to read fails.
        try await Loading.replica { () async throws(ReplicaError) in
            try await SQLiteReplica(readingFrom: settings.path, provider: settings.provider).close()
        }
        let lock = try Loading.replica { () throws(ReplicaError) in
            try RunLock(beside: settings.path, now: TimeSource.system.now())
        }
        let belongings = try await Loading.replica { () async throws(ReplicaError) in
            let replica = try SQLiteReplica(path: settings.path, provider: settings.provider)
            let belongings = try await forget(stream, records: records, in: replica)
            try await replica.close()
            return belongings
        }
        withExtendedLifetime(lock) {}
        guard let belongings else { throw ExitCode(ExitStatus.failed) }
        try StandardStream.output.write(
            "removed \(stream): records \(belongings.records), quarantined \(belongings.quarantined)\n")
    }

    /// - Returns: what was removed; nil if nothing was, after reporting why.
    private func forget(
        _ stream: StreamID, records: Bool, in replica: SQLiteReplica
    ) async throws(ReplicaError) -> Belongings? {
        let belongings = try await replica.belongings(of: stream)
        guard !belongings.isEmpty else {
            let known = Set(try await replica.status().flatMap { [$0.stream.description, $0.stream.resource] })
            let meant = Suggestion.nearest(to: "\(stream)", among: known.sorted())
            StandardStream.tell(
                "welkin-worker: the replica has no \(stream)"
                    + (meant.map { ". Did you mean \($0)?\n" } ?? "; `welkin-worker status --all` lists what it has\n"))
            return nil
        }
        guard records || belongings.records == 0 else {
            StandardStream.tell(
                "welkin-worker: nothing removed: \(stream) has \(Words.count(belongings.records, "record")); "
                    + "add --records to remove them too\n")
            return nil
        }
        try await replica.forget(stream, records: records)
        return belongings
    }
}

extension StreamID {
    /// `audit_logs`, or `audit_logs?event_type=login`.
    static func argument(_ text: String) throws -> StreamID {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let resource = Resource.unknown(parts[0]) else {
            throw ValidationError("“\(parts[0])” is not a resource name.")
        }
        guard parts.count > 1 else { return StreamID(resource: resource.name) }
        let pair = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard pair.count == 2, !pair[0].isEmpty else {
            throw ValidationError("“\(text)” is not a resource with a filter, such as audit_logs?event_type=login.")
        }
        return StreamID(resource: resource.name, filter: Filter(pair[0], pair[1]))
    }
}
