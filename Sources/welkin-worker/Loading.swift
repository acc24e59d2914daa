import ArgumentParser
import DataAPI
import Journal
import Platform
import Replica
import Settings
import WorkerProgram

/// What a command needs before it can begin. Each function ends the command if it fails.
enum Loading {
    /// The `WELKIN_` variables, and the network variables that most programs know.
    static var environment: [String: String] {
        NetworkSettings.variables.reduce(into: ProcessEnvironment.variables(prefix: "WELKIN_")) { variables, name in
            variables.merge(ProcessEnvironment.variables(prefix: name + "=")) { mine, _ in mine }
        }
    }

    /// - Parameter json: whether to report problems as lines of JSON.
    /// - Throws: `ExitCode` 4, after reporting every problem.
    static func settings<Value>(_ loaded: LoadedSettings<Value>, json: Bool = false) throws -> Value {
        if let value = loaded.value { return value }
        for problem in loaded.problems { tell(Complaint(problem), json: json) }
        // A mistyped name may explain a missing setting.
        for warning in loaded.warnings { tell(Complaint(warning, .warning), json: json) }
        throw ExitCode(ExitStatus.settings)
    }

    /// - Parameters:
    ///   - json: whether to report an error as a line of JSON.
    ///   - isQuiet: do not report another run in progress, which is not a fault.
    /// - Throws: `ExitCode` by the kind of the replica's error, after reporting it.
    static func replica<Value>(
        json: Bool = false, isQuiet: Bool = false, _ body: () throws(ReplicaError) -> Value
    ) throws -> Value {
        do { return try body() } catch { throw failure(error, json, isQuiet) }
    }

    /// - Throws: the same.
    static func replica<Value>(
        json: Bool = false, isQuiet: Bool = false, _ body: () async throws(ReplicaError) -> Value
    ) async throws -> Value {
        do { return try await body() } catch { throw failure(error, json, isQuiet) }
    }

    /// - Throws: `ExitCode` by the journal's error, after reporting it.
    static func journal<Value>(_ body: () throws(JournalError) -> Value) throws -> Value {
        do { return try body() } catch { throw failure(error) }
    }

    /// The target for output, unless output must not go there.
    ///
    /// - Throws: `ExitCode` 2, after reporting the reason.
    static func target(
        _ path: String, besides replica: String, _ journal: String, json: Bool = false
    ) throws -> OutputTarget {
        do throws(OutputTarget.Refusal) {
            return try OutputTarget(path, besides: replica, journal)
        } catch {
            tell(Complaint("output", problem: "\(error)", remedy: "name another file"), json: json)
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Reports on standard error why a command cannot continue.
    static func tell(_ complaint: Complaint, json: Bool) {
        StandardStream.tell(json ? complaint.json(at: TimeSource.system.now()) : complaint.text)
    }

    /// Reports a journal's error.
    static func failure(_ error: JournalError) -> ExitCode {
        tell(Complaint(error), json: false)
        return ExitCode(ExitStatus.of(error))
    }

    /// Reports a replica's error.
    static func failure(_ error: ReplicaError, _ json: Bool = false, _ isQuiet: Bool = false) -> ExitCode {
        if case .runInProgress = error, isQuiet { return ExitCode(ExitStatus.of(error)) }
        tell(Complaint(error), json: json)
        return ExitCode(ExitStatus.of(error))
    }
}
