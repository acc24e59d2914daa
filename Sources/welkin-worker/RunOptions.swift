import ArgumentParser
import DataAPI
import Replica
import Settings
import Sync
import WorkerProgram

/// Which resources a command is about.
struct ResourceOptions: ParsableArguments {
    @Option(
        name: .customLong("resource"),
        help: .init("A resource. Repeatable. Default: those of WELKIN_RESOURCES, or all.", valueName: "name"),
        transform: Resource.argument)
    var resources: [Resource] = []

    /// - Throws: `ExitCode` 4 where a resource was named that cannot be pulled, or none is left that can.
    func streams(_ settings: WorkerSettings, _ reporter: Reporter) throws -> [SyncStream] {
        let wanted = resources.isEmpty ? settings.resources : resources
        let plan = StreamPlan(of: wanted, filterValues: settings.filterValues)
        for skipped in plan.skipped {
            guard let problem = skipped.problem else {
                guard !resources.isEmpty else { continue }
                throw ValidationError("\(skipped.resource) has no records of its own: it cannot be pulled.")
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
            Take records from another API's address or client id than before. The replica remembers both, since two \
            environments in one replica would mix in silence.
            """)
    var acceptChange = false
}

/// How a command tells what it does.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Tell of warnings and errors only, and nothing of another run that is at work.")
    var quiet = false

    @Flag(help: "Tell events as JSON, a line each, on standard error.")
    var json = false

    /// The settings, with a warning of each that is unwise or none of ours.
    ///
    /// - Throws: `ExitCode` 4, with every problem told.
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
    /// One of the catalogue, or another that Welkin may have; not one that is mistyped, or has the name of a table
    /// of the replica's own.
    static func argument(_ text: String) throws -> Resource {
        if let resource = Catalogue.resource(named: text) { return resource }
        if let meant = Catalogue.suggestion(for: text) {
            throw ValidationError("There is no resource “\(text)”. Did you mean \(meant)?")
        }
        guard let resource = Resource.unknown(text), SQLiteReplica.canHold(text) else {
            throw ValidationError(
                "“\(text)” is no name of a resource: lower-case letters, digits and underscores, and none that the "
                    + "replica or its database has for itself.")
        }
        return resource
    }
}

extension StreamPlan {
    /// What is wrong where there is nothing to pull; nil where there is something.
    var emptiness: String? {
        guard streams.isEmpty else { return nil }
        let reasons = skipped.map { "\($0.resource): \($0.problem ?? "it has no records of its own")" }
        return "nothing is left to pull: name other resources in WELKIN_RESOURCES, or leave it out for all; "
            + reasons.joined(separator: "; ")
    }
}

extension StreamPlan.Skipped {
    /// What the operator can fix; nil where there is nothing to fix.
    var problem: String? {
        switch reason {
        case .noRecords: nil
        case .filterNotSet(let name):
            "its Find requires \(name): set WELKIN_FILTER_\(resource.uppercased()) to the values to pull"
        }
    }
}
