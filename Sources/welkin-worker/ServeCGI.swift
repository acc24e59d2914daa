import DataService
import Gateway
import Glibc
import Journal
import Platform
import Settings
import WorkerProgram

/// Answers one request of a page as a CGI program, for shared hosting.
enum ServeCGI {
    /// - Returns: the exit code. A web server shows an answer of its own if it is not 0.
    static func run() async -> Int32 {
        let environment = Loading.environment
        let loaded = ServeSettings.load(environment: environment)
        loaded.logProblems(of: DataService.program)
        guard let settings = loaded.value else { return refuse() }
        let files = loaded.files.map(\.path) + [settings.replica.path, settings.journal.path]
        let stores = [(Setting.replica, settings.replica.path), (Setting.journal, settings.journal.path)]
        if let problem = StoreOwner.problem(with: stores)
            ?? ServedFolder.problem(with: files, root: ProcessEnvironment.variable("DOCUMENT_ROOT"))
        {
            LogLine("settings", of: DataService.program).with("outcome", "unusable").with("problem", problem.problem)
                .with("remedy", problem.remedy).write()
            return refuse()
        }
        let program: ServiceProgram
        do throws(JournalError) {
            program = try ServiceProgram(settings, loaded.service, transport: .cgi) { loaded.service }
        } catch {
            LogLine("journal", of: DataService.program).with("outcome", "failed").with("problem", "\(error)").write()
            return refuse()
        }
        let exchange = CGI.Exchange()
        let isWritten = exchange.finish(await program.respond(to: exchange.request))
        await program.settle()
        return isWritten ? 0 : 1
    }

    private static func refuse() -> Int32 { CGI.run { _ in DataService.unavailable() } ? 0 : 1 }
}
