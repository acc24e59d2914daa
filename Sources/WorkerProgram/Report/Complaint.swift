package import DataAPI
package import Journal
package import Settings
package import Replica

/// Why a command cannot do its work, for the operator.
package struct Complaint: Hashable, Sendable {
    /// The event's name, for programs.
    package let event: String
    package let level: LogEntry.Level
    /// The invalid setting.
    package let setting: String?
    /// The problem.
    package let problem: String
    /// The remedy.
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

    /// A setting that is invalid, or only unwise.
    package init(_ problem: SettingsProblem, _ level: LogEntry.Level = .error) {
        self.init("settings", level, setting: problem.setting, problem: problem.problem, remedy: problem.remedy)
    }

    package init(_ error: ReplicaError) {
        self.init(error.kind == .busy ? "locked" : "replica", problem: error.description, remedy: error.remedy)
    }

    package init(_ error: JournalError) {
        self.init("journal", problem: error.description, remedy: error.remedy)
    }

    /// The replica is no longer the file that the run worked on.
    package static let replicaMoved = Complaint(
        "replica",
        problem: "the replica's file was removed or replaced during this run: its work is lost",
        remedy: "keep other programs away from the file, and run `welkin-worker sync` again")

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
