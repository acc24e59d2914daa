import ArgumentParser
import DataAPI
import Sync
import Worker

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

/// How a command tells what it does.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Tell of warnings and errors only.")
    var quiet = false

    @Flag(help: "Tell events as JSON, a line each, on standard error.")
    var json = false

    var reporter: Reporter {
        let isWatched = StandardStream.error.isTerminal
        return Reporter(
            json ? .json : isWatched ? .bars : .text, isQuiet: quiet,
            output: { StandardStream.tell($0) }, width: { StandardStream.error.width })
    }
}

extension Resource {
    static func argument(_ text: String) throws -> Resource {
        guard let resource = Catalogue.resource(named: text) ?? .unknown(text) else {
            throw ValidationError("“\(text)” is no name of a resource.")
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
    /// What the operator can mend; nil where there is nothing to mend.
    var problem: String? {
        switch reason {
        case .noRecords: nil
        case .filterNotSet(let name):
            "its Find requires \(name): set WELKIN_FILTER_\(resource.uppercased()) to the values to pull"
        }
    }
}
