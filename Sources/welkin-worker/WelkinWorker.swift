import ArgumentParser
import CLinux
import DataAPI
import Gateway
import Glibc
import Platform
import WorkerProgram

/// Keeps a local copy of the records of Welkin's Data API.
struct WelkinWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "welkin-worker",
        abstract: "Keeps a local copy of the records of Welkin's Data API, and verifies it.",
        discussion: """
            Settings come from the environment, or from the file of NAME=VALUE lines that WELKIN_CONFIG names. \
            Required: WELKIN_DATA_CLIENT_ID, WELKIN_DATA_CLIENT_SECRET (or WELKIN_DATA_CLIENT_SECRET_FILE), \
            WELKIN_PROVIDER_ID and WELKIN_REPLICA. `welkin-worker check` reports every problem with them.

              export WELKIN_CONFIG=/etc/welkin/worker.env
              welkin-worker check
              welkin-worker sync
              welkin-worker status

            Exit codes: 0 done, 1 failed, 2 usage, 3 partly done, 4 settings or credentials, 75 another run holds \
            the lock, 130 or 143 stopped by SIGINT or SIGTERM.
            """,
        version: "welkin-worker \(Version.text)",
        subcommands: [
            Sync.self, Serve.self, Status.self, Check.self, Verify.self, Export.self, Schema.self, ListSettings.self,
            ForgetResource.self, Audit.self,
        ])

    /// Runs the command that the arguments name, and ends the process.
    static func run() async -> Never {
        // Pages are allocated and freed in blocks of this size and more. By default the C library soon keeps
        // freed blocks, scattered among small ones, and memory grows with the length of a run.
        _ = mallopt(M_MMAP_THRESHOLD, 64 << 10)
        do throws(FileFailure) {
            Glibc.exit(try await runCommand())
        } catch {
            // `| head` has read what it needs; the code is that of a process ended by SIGPIPE.
            guard !error.isClosedPipe else { Glibc.exit(128 + SIGPIPE) }
            StandardStream.tell("welkin-worker: \(error)\n")
            Glibc.exit(ExitStatus.failed)
        }
    }

    /// Parses the arguments and runs the command.
    ///
    /// - Returns: the exit code.
    /// - Throws: a failed write; every other error is reported.
    private static func runCommand() async throws(FileFailure) -> Int32 {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return ExitStatus.done
        } catch let failure as FileFailure {
            throw failure
        } catch {
            let code = exitCode(for: error)
            try tell(error, isSuccess: code == .success)
            // The parser's own code for usage differs from ours.
            return code == .validationFailure ? ExitStatus.usage : code.rawValue
        }
    }

    /// Help and versions go to standard output; with `--json`, an error is a line of JSON.
    private static func tell(_ error: any Error, isSuccess: Bool) throws(FileFailure) {
        let text = fullMessage(for: error)
        guard !text.isEmpty else { return }
        if isSuccess { return try StandardStream.output.write(text + "\n") }
        guard CommandLine.arguments.dropFirst().contains("--json") else {
            return StandardStream.tell(text + "\n")
        }
        let isUsage = exitCode(for: error) == .validationFailure
        Loading.tell(
            Complaint(
                isUsage ? "usage" : "failed", problem: message(for: error),
                remedy: isUsage ? "see welkin-worker --help" : "see the problem"), json: true)
    }
}
