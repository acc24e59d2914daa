package import Identifiers
package import Records
package import Sessions

/// What one session may reach: the one place that decides it. Every route asks here.
///
/// A session with a patient reaches that patient's records and nothing else. One without reaches its worker's own
/// records, and those of the patients that ``AccessMode`` names.
package struct Access: Sendable {
    private let session: Session
    private let mode: AccessMode
    private let readable: ReadableFields

    /// - Parameters:
    ///   - mode: for sessions without a patient
    ///   - readable: what the operator lets the session's App read
    package init(_ session: Session, mode: AccessMode, readable: ReadableFields) {
        self.session = session
        self.mode = mode
        self.readable = readable
    }

    /// Whether the session reaches a patient, and with it the patient's records.
    ///
    /// - Parameter isAssigned: whether the patient is assigned to the session's worker; called only if that decides
    package func reaches(_ patient: PatientID, isAssigned: (PatientID) throws -> Bool) rethrows -> Bool {
        if let own = session.patient { return own == patient }
        switch mode {
        case .all: return true
        case .none: return false
        case .assigned: return try isAssigned(patient)
        }
    }

    /// Whether the session reaches a record.
    package func reaches(_ ownership: Ownership, isAssigned: (PatientID) throws -> Bool) rethrows -> Bool {
        switch ownership {
        case .patients(let owners):
            return try !owners.isEmpty && owners.allSatisfy { try reaches($0, isAssigned: isAssigned) }
        case .oneOf(let owners): return try owners.contains { try reaches($0, isAssigned: isAssigned) }
        case .worker(let owner): return session.patient == nil && owner == session.worker
        case .nobody: return session.patient == nil
        case .unresolved: return false
        }
    }

    /// Whether the session's App may read anything of a resource's records.
    package func mayRead(_ resource: Resource) -> Bool {
        switch resource.owner {
        // An audit log tells of every patient.
        case .nobody where resource == .auditLogs: false
        case .unknown: false
        default: readable.contains(resource)
        }
    }

    /// Whether the session's App may read a field of a resource's records.
    package func mayRead(_ field: String, of resource: Resource) -> Bool {
        mayRead(resource) && readable.contains(field, of: resource)
    }

    /// Whether it may read records of the resource byte for byte.
    package func mayReadWhole(_ resource: Resource) -> Bool { mayRead(resource) && readable.containsAll(of: resource) }
}

/// `WELKIN_ACCESS`: the patients whom a session without a patient reaches.
package enum AccessMode: String, Sendable, CaseIterable {
    /// Those whose primary worker is the session's, or who are on that worker's schedule today.
    case assigned
    case all
    case none
}
