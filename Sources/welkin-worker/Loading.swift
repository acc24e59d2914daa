import ArgumentParser
import DataAPI
import Platform
import Replica
import Settings
import WorkerProgram

/// What a command needs before it can begin; each ends the command when it cannot be had.
enum Loading {
    /// Ours, and those of the network that most programs know.
    static var environment: [String: String] {
        NetworkSettings.variables.reduce(into: ProcessEnvironment.variables(prefix: "WELKIN_")) { variables, name in
            variables.merge(ProcessEnvironment.variables(prefix: name + "=")) { mine, _ in mine }
        }
    }

    /// - Parameter json: whether problems are told as lines of JSON.
    /// - Throws: `ExitCode` 4, with every problem told.
    static func settings<Value>(_ loaded: LoadedSettings<Value>, json: Bool = false) throws -> Value {
        if let value = loaded.value { return value }
        for problem in loaded.problems { tell(Complaint(problem), json: json) }
        // A name that is mistyped may be what is missing.
        for warning in loaded.warnings { tell(Complaint(warning, .warning), json: json) }
        throw ExitCode(ExitStatus.settings)
    }

    /// - Parameters:
    ///   - json: whether it is told as a line of JSON.
    ///   - isQuiet: says nothing of another run that is at work: that is no fault.
    /// - Throws: `ExitCode` by the kind of the replica's error, which is told.
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

    /// Where output is to go, unless it must not go there.
    ///
    /// - Throws: `ExitCode` 2, with the reason told.
    static func target(_ path: String, besides replica: String, json: Bool = false) throws -> OutputTarget {
        do throws(OutputTarget.Refusal) {
            return try OutputTarget(path, besides: replica)
        } catch {
            tell(Complaint("output", problem: "\(error)", remedy: "name another file"), json: json)
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Says on standard error why a command cannot go on.
    static func tell(_ complaint: Complaint, json: Bool) {
        StandardStream.tell(json ? complaint.json(at: TimeSource.system.now()) : complaint.text)
    }

    /// Tells a replica's error.
    static func failure(_ error: ReplicaError, _ json: Bool = false, _ isQuiet: Bool = false) -> ExitCode {
        if case .runInProgress = error, isQuiet { return ExitCode(ExitStatus.of(error)) }
        tell(Complaint(error), json: json)
        return ExitCode(ExitStatus.of(error))
    }
}
