import Identifiers
import Replica
import Sessions
import Synchronization

/// The pages that wait for a change, and what has changed since each of them last looked.
///
/// A wait costs no thread and no timer: the watcher of the replica's file wakes those that a commit concerns, and its
/// slow tick ends those that have waited long enough.
package final class ChangeBoard: Sendable {
    /// After this many seconds a wait ends, even if nothing has changed. nginx waits a little longer.
    static let longestWait = 25.0

    /// What a page wants to know of.
    struct Interest: Hashable {
        /// Nil for a page without a patient, which shows the worker's schedule.
        let patient: PatientID?
    }

    private struct Wait {
        let number: UInt64
        let interest: Interest
        let since: StoreVersion
        /// In seconds of the monotonic clock.
        let end: Double
        let continuation: CheckedContinuation<Changes, Never>
    }

    private struct State {
        var waits: [LaunchID: Wait] = [:]
        var lastNumber: UInt64 = 0
        var isClosed = false
    }

    private let replica: ReplicaAccess
    private let state = Mutex(State())
    private let now: @Sendable () -> Double

    /// - Parameters:
    ///   - replica: a reader of the board's own
    ///   - now: the monotonic clock, in seconds
    package init(replica: ReplicaAccess, now: @escaping @Sendable () -> Double) {
        self.replica = replica
        self.now = now
    }

    /// How many pages wait.
    package var count: Int { state.withLock { $0.waits.count } }

    /// Returns as soon as something of interest changes, or the wait is over. A newer wait of the same launch ends it.
    func wait(_ launch: LaunchID, since version: StoreVersion, _ interest: Interest) async -> Changes {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(
                    launch,
                    Wait(
                        number: number, interest: interest, since: version, end: now() + Self.longestWait,
                        continuation: continuation))
            }
        } onCancel: {
            let wait = state.withLock { state in
                state.waits[launch]?.number == number ? state.waits.removeValue(forKey: launch) : nil
            }
            // Nobody reads it. For the operator, nothing has failed.
            wait?.continuation.resume(returning: .news(News(version: version)))
        }
    }

    private func begin(_ launch: LaunchID, _ wait: Wait) {
        let (before, isOver) = state.withLock { state in
            // Looked at once: a page that goes away from here on finds its wait, and ends it.
            let isOver = state.isClosed || Task.isCancelled
            let before = state.waits.removeValue(forKey: launch)
            if !isOver { state.waits[launch] = wait }
            return (before, isOver)
        }
        if let before { before.continuation.resume(returning: .news(News(version: before.since))) }
        if isOver { return wait.continuation.resume(returning: .news(News(version: wait.since))) }
        // Only now: a commit before this look is found by it, and a commit after it finds the wait.
        let changes = replica.changes(since: wait.since, wait.interest)
        if changes.isNews { end(launch, wait, changes) }
    }

    /// The replica's file has changed: ends the waits that it concerns.
    package func look() {
        // Nearly all wait since the same version.
        var noted: [StoreVersion: NotedChanges] = [:]
        for (launch, wait) in state.withLock({ $0.waits }) {
            let known = noted[wait.since] ?? replica.noted(since: wait.since)
            noted[wait.since] = known
            let changes = known.changes(for: wait.interest)
            if changes.isNews { end(launch, wait, changes) }
        }
    }

    /// Ends the waits whose time is over.
    package func tick() {
        let now = now()
        for (launch, wait) in state.withLock({ $0.waits }) where wait.end <= now {
            end(launch, wait, replica.changes(since: wait.since, wait.interest))
        }
    }

    /// Ends all waits, and every later one at once.
    package func close() {
        let waits = state.withLock { state in
            state.isClosed = true
            defer { state.waits = [:] }
            return state.waits
        }
        for wait in waits.values { wait.continuation.resume(returning: .news(News(version: wait.since))) }
    }

    private func end(_ launch: LaunchID, _ wait: Wait, _ changes: Changes) {
        let isOurs = state.withLock { state in
            guard state.waits[launch]?.number == wait.number else { return false }
            state.waits[launch] = nil
            return true
        }
        if isOurs { wait.continuation.resume(returning: changes) }
    }
}

/// What has changed since a version.
enum Changes: Sendable {
    case news(News)
    /// The version is unknown, or too old to tell: the page must ask everything again.
    case reset(StoreVersion)
    /// The replica cannot be read now.
    case unavailable

    /// Whether a page wants to hear of it before its wait is over.
    var isNews: Bool {
        switch self {
        case .news(let news): news.patientChanged || news.scheduleChanged
        case .reset: true
        case .unavailable: false
        }
    }
}

/// What a page hears.
struct News: Sendable, Equatable {
    let version: StoreVersion
    var patientChanged = false
    var scheduleChanged = false
}

extension ChangeNote {
    /// Whether a page that shows this patient shows what has changed.
    func concerns(_ patient: PatientID?) -> Bool {
        guard let patient else { return false }
        return self.patient == "*" || self.patient.flatMap { PatientID($0) } == patient
    }

    /// Whether a schedule may show it.
    var concernsSchedules: Bool {
        ["calendars", "calendar_events", "patients", "phone_numbers", "workers"].contains(resource)
    }
}
