import ArgumentParser
import DataAPI
import Replica
import Settings
import Sync
import WorkerProgram

/// The resources that a command works on.
struct ResourceOptions: ParsableArguments {
    @Option(
        name: .customLong("resource"),
        help: .init("A resource. Repeatable. Default: those of WELKIN_RESOURCES, or all.", valueName: "name"),
        transform: Resource.argument)
    var resources: [Resource] = []

    /// - Throws: `ExitCode` 4 if a named resource cannot be pulled, or none is left that can.
    func streams(_ settings: WorkerSettings, _ reporter: Reporter) throws -> [SyncStream] {
        let wanted = resources.isEmpty ? settings.resources : resources
        let plan = StreamPlan(of: wanted, filterValues: settings.filterValues)
        for skipped in plan.skipped {
            guard let problem = skipped.problem else {
                guard !resources.isEmpty else { continue }
                throw ValidationError("\(skipped.resource) cannot be pulled, because it has no records of its own.")
            }
            let level: LogEntry.Level = resources.isEmpty ? .info : .error
            reporter.log(LogEntry("skipped", level).with("resource", skipped.resource).with("problem", problem))
            if !resources.isEmpty { throw ExitCode(ExitStatus.settings) }
        }
        if let problem = plan.emptiness {
            reporter.log(LogEntry("nothing_to_pull", .error).with("problem", problem))
            throw ExitCode(ExitStatus.settings)
        }
        return plan.streams
    }
}

/// Where the replica's records may come from.
struct SourceOptions: ParsableArguments {
    @Flag(
        name: .customLong("accept-change"),
        help: """
            Accept records from a different API address or client id than before. The replica remembers both, \
            because two environments in one replica would mix silently.
            """)
    var acceptChange = false
}

/// How a command reports what it does.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Report only warnings and errors, and do not mention another run in progress.")
    var quiet = false

    @Flag(help: "Report events as JSON on standard error, one per line.")
    var json = false

    /// The settings, after warning of each one that is unwise or unknown.
    ///
    /// - Throws: `ExitCode` 4, after reporting every problem.
    func settings(_ reporter: Reporter) throws -> WorkerSettings {
        let loaded = WorkerSettings.load(environment: Loading.environment)
        let settings = try Loading.settings(loaded, json: json)
        for warning in loaded.warnings { reporter.log(Complaint(warning, .warning).entry) }
        return settings
    }

    var reporter: Reporter {
        let isWatched = StandardStream.error.isTerminal
        return Reporter(
            json ? .json : isWatched ? .bars : .text, isQuiet: quiet, paint: Paint(for: .error),
            output: { StandardStream.tell($0) }, width: { StandardStream.error.width })
    }
}

extension Resource {
    /// One of the catalogue, or another that Welkin may have; not a mistyped one, or one with the name of one of
    /// the replica's own tables.
    static func argument(_ text: String) throws -> Resource {
        if let resource = Catalogue.resource(named: text) { return resource }
        if let meant = Catalogue.suggestion(for: text) {
            throw ValidationError("There is no resource “\(text)”. Did you mean \(meant)?")
        }
        guard let resource = Resource.unknown(text), SQLiteReplica.canHold(text) else {
            throw ValidationError(
                "“\(text)” is not a resource name: use lower-case letters, digits and underscores, and no name that "
                    + "the replica or its database reserves.")
        }
        return resource
    }
}

extension StreamPlan {
    /// The problem if there is nothing to pull; nil if there is something.
    var emptiness: String? {
        guard streams.isEmpty else { return nil }
        let reasons = skipped.map { "\($0.resource): \($0.problem ?? "it has no records of its own")" }
        return "nothing is left to pull: name other resources in WELKIN_RESOURCES, or leave it out for all; "
            + reasons.joined(separator: "; ")
    }
}

extension StreamPlan.Skipped {
    /// The problem that the operator can fix; nil if there is nothing to fix.
    var problem: String? {
        switch reason {
        case .noRecords: nil
        case .filterNotSet(let name):
            "its Find requires \(name): set WELKIN_FILTER_\(resource.uppercased()) to the values to pull"
        }
    }
}
