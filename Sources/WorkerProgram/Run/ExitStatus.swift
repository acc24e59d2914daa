import DataAPI
package import Journal
package import Replica
import StoreFiles
package import Sync

/// The exit codes.
package enum ExitStatus {
    package static let done: Int32 = 0
    package static let failed: Int32 = 1
    package static let usage: Int32 = 2
    package static let partlyDone: Int32 = 3
    package static let settings: Int32 = 4

    /// Of a sync: a failed stream or a quarantined record makes it partly done; when nothing succeeded,
    /// the failures decide.
    package static func of(_ results: [PullResult]) -> Int32 {
        let failures = results.compactMap(\.outcome.failure)
        if failures.isEmpty {
            let isPartly = results.contains { $0.counts.quarantined > 0 || $0.unfinished > 0 }
            return isPartly ? partlyDone : done
        }
        return results.contains { $0.outcome == .done } ? partlyDone : of(failures)
    }

    /// Of a verification: remaining drift is a failure.
    package static func of(_ results: [VerifyResult]) -> Int32 {
        let failures = results.compactMap(\.outcome.failure)
        if !failures.isEmpty, !results.contains(where: { $0.outcome == .done }) { return of(failures) }
        if results.contains(where: { $0.differences > $0.repaired }) { return failed }
        let isPartly = results.contains { $0.unreadable + $0.unconfirmed + $0.unfinished > 0 }
        return failures.isEmpty && !isPartly ? done : partlyDone
    }

    /// Of a replica's error; 75 is `sysexits.h`'s EX_TEMPFAIL, because a retry may work.
    package static func of(_ error: ReplicaError) -> Int32 {
        switch error.kind {
        case .settings: settings
        case .failed: failed
        case .busy: 75
        }
    }

    /// Of a journal's error.
    package static func of(_ error: JournalError) -> Int32 {
        switch error {
        case .file(.system("mkdir", _, _)): settings
        case .file(.system), .corrupt, .locked, .diskFull, .moved, .closed, .database: failed
        case .file, .notAJournal, .olderSchema, .newerSchema, .otherProvider: settings
        }
    }

    private static func of(_ failures: [StreamFailure]) -> Int32 {
        let codes = Set(failures.map(of))
        return codes.count == 1 ? codes.first! : failed
    }

    private static func of(_ failure: StreamFailure) -> Int32 {
        switch failure {
        case .store(let error): of(error)
        case .api(let error):
            switch error.code {
            case .credentialsRefused, .unauthorized, .forbidden: settings
            default: failed
            }
        default: failed
        }
    }
}

extension Outcome {
    /// Nil unless it failed.
    package var failure: StreamFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}
