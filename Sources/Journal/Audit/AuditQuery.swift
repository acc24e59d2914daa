package import Identifiers
package import Records

/// The audit entries that are wanted; all by default.
package struct AuditQuery: Hashable, Sendable {
    /// Only what this worker did.
    package var worker: WorkerID?
    /// Only what is about this patient.
    package var patient: PatientID?
    /// Only what is not older.
    package var from: Instant?
    /// Only what is older.
    package var before: Instant?

    package init(
        worker: WorkerID? = nil, patient: PatientID? = nil, from: Instant? = nil, before: Instant? = nil
    ) {
        self.worker = worker
        self.patient = patient
        self.from = from
        self.before = before
    }
}

/// An audit entry as the journal holds it.
package struct StoredAuditEntry: Hashable, Sendable {
    /// Grows with each entry, and is never given again.
    package let number: Int64
    /// What was added. Ids are in lower case.
    package let entry: AuditEntry
    /// How many attempts it stands for: more than one only if they were counted.
    package let attempts: Int
    /// When the last of them was; nil unless they were counted.
    package let last: Instant?

    package init(number: Int64, entry: AuditEntry, attempts: Int = 1, last: Instant? = nil) {
        self.number = number
        self.entry = entry
        self.attempts = attempts
        self.last = last
    }
}
