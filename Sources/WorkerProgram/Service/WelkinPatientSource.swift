package import DataAPI
package import DataService
package import Identifiers
import Records
package import Replica
import Synchronization

/// Asks Welkin for a patient who was made a moment ago, and puts record, numbers and notes into the replica.
///
/// Pages that ask for the same patient at once share one request.
package final class WelkinPatientSource: PatientSource {
    private let client: Client
    private let replica: @Sendable () throws(ReplicaError) -> any ReplicaStore
    private let noteType: @Sendable () -> String?
    private let time: TimeSource
    private let onProblem: @Sendable (_ problem: String) -> Void
    private let running = Mutex<[PatientID: Task<PatientFetch, Never>]>([:])

    /// The nurse is waiting: after this time, the page says that the patient is not here yet.
    private static let patience = Duration.seconds(2)

    /// - Parameters:
    ///   - replica: opens the replica to write to it, or creates it
    ///   - noteType: the custom data type of notes, if there is one
    ///   - onProblem: hears why Welkin could not be asked, without any id
    package init(
        client: Client, replica: @escaping @Sendable () throws(ReplicaError) -> any ReplicaStore,
        noteType: @escaping @Sendable () -> String?, time: TimeSource = .system,
        onProblem: @escaping @Sendable (_ problem: String) -> Void
    ) {
        self.client = client
        self.replica = replica
        self.noteType = noteType
        self.time = time
        self.onProblem = onProblem
    }

    package func fetch(_ patient: PatientID) async -> PatientFetch {
        let task = running.withLock { running in
            if let task = running[patient] { return task }
            let task = Task { await fetchAlone(patient) }
            running[patient] = task
            return task
        }
        return await task.value
    }

    private func fetchAlone(_ patient: PatientID) async -> PatientFetch {
        defer { running.withLock { $0[patient] = nil } }
        return await fetchInTime(patient)
    }

    private func fetchInTime(_ patient: PatientID) async -> PatientFetch {
        await withTaskGroup(of: PatientFetch?.self) { group in
            group.addTask { [self] in await ask(patient) }
            group.addTask { [time] in
                try? await time.pause(Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if first == nil { onProblem("no answer within \(Self.patience.components.seconds) s") }
            return first ?? .unavailable
        }
    }

    private func ask(_ patient: PatientID) async -> PatientFetch {
        do {
            let askedAt = time.now()
            async let numbers = items(.phoneNumbers, [Filter("patient_id", patient.text)])
            async let notes = notes(of: patient)
            let record = try await client.get(.patients, id: patient.text)
            let found = [(Resource.phoneNumbers, try await numbers), (.customDataTypeRecords, try await notes)]
            let replica = try replica()
            for (resource, items) in found where !items.isEmpty {
                _ = try await replica.put(items, of: resource, askedAt: askedAt, receivedAt: time.now())
            }
            // Last, so that the patient is never here without numbers and notes.
            _ = try await replica.put([PageItem(record)], of: .patients, askedAt: askedAt, receivedAt: time.now())
            return .stored
        } catch let error as DataAPIError where error.code == .notFound && error.resource == Resource.patients.name {
            return .absent
        } catch {
            if !(error is CancellationError) { onProblem("\(error)") }
            return .unavailable
        }
    }

    private func notes(of patient: PatientID) async throws -> [PageItem] {
        guard let type = noteType() else { return [] }
        return try await items(.customDataTypeRecords, [Filter("patient_id", patient.text), Filter("type_name", type)])
    }

    /// The first page; the next sync brings the rest.
    private func items(_ resource: Resource, _ filters: [Filter]) async throws -> [PageItem] {
        // By POST where Welkin offers it, so that the patient's id is in no URL.
        let byPost = resource.operation(.findByPost) != nil
        return try await client.page(FindRequest(resource, filters: filters, byPost: byPost)).items
    }
}
