package import Identifiers

/// Whose one record is, as far as the replica can tell.
package enum Ownership: Hashable, Sendable {
    /// All of these patients: a session must reach each of them.
    case patients(Set<PatientID>)
    /// Each of these patients on their own, such as the patients of one pharmacy: a session must reach one of them.
    case oneOf(Set<PatientID>)
    case worker(WorkerID)
    /// Neither a patient's nor a worker's.
    case nobody
    /// An owner that is missing, deleted or unreadable. Nobody reaches the record.
    case unresolved
}
