import DataService
import Records
import Replica
import StoreFiles
import Settings
import WorkerProgram

extension Check {
    /// Checks what `serve` needs, if the settings are for it, too.
    ///
    /// - Parameter known: problems that have been reported
    func checkService(besides known: [SettingsProblem], _ result: inout CheckResult) {
        let environment = Loading.environment
        guard ServeSettings.isMeant(environment: environment) else { return }
        let loaded = ServeSettings.load(environment: environment)
        for problem in loaded.problems where !known.contains(problem) {
            result.problem("serve: \(problem)", ExitStatus.settings)
        }
        guard let settings = loaded.value else { return }
        result.ok("serve: its settings")
        checkOwner(settings, &result)
        if let warning = WaitingCapacity.warning() { result.warning("nginx: \(warning)") }
        if let notes = settings.service.notes { checkNotes(notes, settings.replica, &result) }
    }

    private func checkOwner(_ settings: ServeSettings, _ result: inout CheckResult) {
        let stores = [(Setting.replica, settings.replica.path), (Setting.journal, settings.journal.path)]
        if let problem = StoreOwner.problem(with: stores) {
            result.problem("serve: \(problem)", ExitStatus.settings)
        } else if let owner = StoreOwner(of: settings.replica.path) {
            result.note("serve: sync, serve and CGI programs must run as \(owner.name)")
        }
    }

    /// Compares the mapping of notes with those that the replica has.
    private func checkNotes(_ mapping: NoteMapping, _ settings: BoundReplicaSettings, _ result: inout CheckResult) {
        do throws(ReplicaError) {
            let reader = try ReplicaReader(path: settings.path, provider: settings.provider)
            var review = NoteReview(mapping)
            var page: [FoundRecord] = []
            repeat {
                page = try reader.records(
                    of: .customDataTypeRecords, where: [], order: .id, after: page.last?.key, limit: 500)
                for found in page { review.look(at: found.record.bytes) }
            } while !page.isEmpty && !review.isOver
            if let warning = review.warning {
                result.warning("notes: \(warning)")
            } else {
                result.ok("notes: records of \(mapping.type) have what WELKIN_NOTE_FIELDS names")
            }
        } catch .file(.missing(_)) {
            // Reported as that.
        } catch {
            result.warning("notes: not compared: \(error)")
        }
    }
}
