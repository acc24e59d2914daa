import ArgumentParser
import DataAPI
import Gateway
import Launch
import Replica
import Worker

/// What a command needs before it can begin; each ends the command when it cannot be had.
enum Loading {
    /// Ours, and those of the network that most programs know.
    static var environment: [String: String] {
        NetworkSettings.variables.reduce(into: ProcessEnvironment.variables(prefix: "WELKIN_")) { variables, name in
            variables.merge(ProcessEnvironment.variables(prefix: name + "=")) { mine, _ in mine }
        }
    }

    /// - Throws: `ExitCode` 4, with every problem told.
    static func settings<Value>(_ loaded: LoadedWorkerSettings<Value>) throws -> Value {
        for problem in loaded.problems { StandardStream.tell("welkin-worker: \(problem)\n") }
        guard let value = loaded.value else { throw ExitCode(ExitStatus.settings) }
        return value
    }

    /// - Throws: `ExitCode` by the kind of the replica's error, which is told.
    static func replica<Value>(_ body: () throws(ReplicaError) -> Value) throws -> Value {
        do { return try body() } catch { throw failure(error) }
    }

    /// - Throws: the same.
    static func replica<Value>(_ body: () async throws(ReplicaError) -> Value) async throws -> Value {
        do { return try await body() } catch { throw failure(error) }
    }

    /// Where output is to go, unless it must not go there.
    ///
    /// - Throws: `ExitCode` 2, with the reason told.
    static func target(_ path: String, _ replica: ReplicaSettings) throws -> OutputTarget {
        do throws(OutputTarget.Refusal) {
            return try OutputTarget(path, besides: replica.path)
        } catch {
            StandardStream.tell("welkin-worker: \(error)\n")
            throw ExitCode(ExitStatus.usage)
        }
    }

    /// Tells a replica's error.
    static func failure(_ error: ReplicaError) -> ExitCode {
        StandardStream.tell("welkin-worker: \(error); \(error.remedy)\n")
        return ExitCode(error.kind.exitCode)
    }
}
