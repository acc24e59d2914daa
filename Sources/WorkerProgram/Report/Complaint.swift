package import DataAPI
package import Settings
package import Replica

/// Why a command cannot do what it was to do, for its operator.
package struct Complaint: Hashable, Sendable {
    /// A word for programs.
    package let event: String
    package let level: LogEntry.Level
    /// The setting that is wrong.
    package let setting: String?
    /// What is wrong.
    package let problem: String
    /// What to do.
    package let remedy: String

    package init(
        _ event: String, _ level: LogEntry.Level = .error, setting: String? = nil, problem: String, remedy: String
    ) {
        self.event = event
        self.level = level
        self.setting = setting
        self.problem = problem
        self.remedy = remedy
    }

    /// A setting that is wrong, or only unwise.
    package init(_ problem: SettingsProblem, _ level: LogEntry.Level = .error) {
        self.init("settings", level, setting: problem.setting, problem: problem.problem, remedy: problem.remedy)
    }

    package init(_ error: ReplicaError) {
        self.init(error.kind == .busy ? "locked" : "replica", problem: error.description, remedy: error.remedy)
    }

    /// The replica is not the file any more that the run worked on.
    package static let replicaMoved = Complaint(
        "replica",
        problem: "the replica's file was removed or replaced while this run worked on it: what it did is lost",
        remedy: "keep other programs from the file, and run `welkin-worker sync` again")

    /// A line as people read it.
    package var text: String {
        let subject = setting.map { "\($0): " } ?? ""
        let end = remedy.hasSuffix("?") || remedy.hasSuffix(".") || setting == nil ? "" : "."
        return "welkin-worker: \(subject)\(problem)\(setting == nil ? ";" : ".") \(remedy)\(end)\n"
    }

    /// The same as an entry of the log.
    package var entry: LogEntry {
        LogEntry(event, level).with("setting", setting).with("problem", problem).with("remedy", remedy)
    }

    /// The same as a line of JSON.
    package func json(at time: Instant) -> String { entry.json(at: time) + "\n" }
}
