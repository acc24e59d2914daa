import DataAPI
import Journal
import StoreFiles
import WorkerProgram

extension Check {
    /// Checks the journal, if there is one.
    func checkJournal(_ settings: ReplicaSettings, _ result: inout CheckResult) async {
        do throws(JournalError) {
            let journal = try SQLiteJournal(readingFrom: settings.journal, provider: settings.provider)
            let findings = try await journal.damage()
            if let first = findings.first {
                let error = JournalError.corrupt(path: settings.journal)
                result.problem("journal: \(settings.journal) is damaged (\(first)); \(error.remedy)", ExitStatus.failed)
            } else {
                result.ok("journal \(settings.journal)")
            }
            try await journal.close()
        } catch .file(.missing(_)) {
            // Only what serves pages creates it.
        } catch .olderSchema {
            result.ok("journal \(settings.journal): an older version; the next command that writes to it updates it")
        } catch {
            result.problem("journal: \(error); \(error.remedy)", ExitStatus.of(error))
        }
    }
}
