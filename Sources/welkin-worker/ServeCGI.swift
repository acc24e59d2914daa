import CLinux
import DataService
import Gateway
import Glibc
import Journal
import Platform
import Settings
import WorkerProgram

/// Answers one request of a page as a CGI program, for shared hosting.
enum ServeCGI {
    /// Answers, and ends the process: with 0, or a web server shows an answer of its own.
    static func run() async -> Never {
        // An arena for each thread costs more calls of the system than threads that wait for each other.
        _ = mallopt(M_ARENA_MAX, 1)
        let environment = Loading.environment
        let loaded = ServeSettings.load(environment: environment)
        loaded.logProblems(of: DataService.program)
        guard let settings = loaded.value else { refuse() }
        let files = loaded.files.map(\.path) + [settings.replica.path, settings.journal.path]
        let stores = [(Setting.replica, settings.replica.path), (Setting.journal, settings.journal.path)]
        if let problem = StoreOwner.problem(with: stores)
            ?? ServedFolder.problem(with: files, root: ProcessEnvironment.variable("DOCUMENT_ROOT"))
        {
            LogLine("settings", of: DataService.program).with("outcome", "unusable").with("problem", problem.problem)
                .with("remedy", problem.remedy).write()
            refuse()
        }
        let program: ServiceProgram
        do throws(JournalError) {
            program = try ServiceProgram(settings, loaded.service, transport: .cgi) { loaded.service }
        } catch {
            LogLine("journal", of: DataService.program).with("outcome", "failed").with("problem", "\(error)").write()
            refuse()
        }
        let exchange = CGI.Exchange()
        let isWritten = exchange.finish(await program.respond(to: exchange.request))
        await program.settle()
        // Without the program, the journal would be closed, which costs more than an answer.
        withExtendedLifetime(program) { exit(isWritten ? 0 : 1) }
    }

    private static func refuse() -> Never { exit(CGI.run { _ in DataService.unavailable() } ? 0 : 1) }
}
