package import Identifiers
package import Records

/// One access, or one attempt: who asked for what, and what came of it. Never values, only ids.
package struct AuditEntry: Hashable, Sendable {
    /// When it was answered.
    package let time: Instant
    /// Who asked.
    package let actor: AuditActor
    /// The patient whom it is about, also of a refused attempt; nil if it is about none or several.
    package let patient: PatientID?
    /// The route of the page's data, such as `records/find`, or the command.
    package let route: String
    /// The resource; nil if the route alone says it.
    package let resource: String?
    /// The id of the one record; nil for several.
    package let record: String?
    /// The number of records that were given; nil if there was one, or none.
    package let count: Int?
    /// What came of it.
    package let outcome: AuditOutcome

    package init(
        time: Instant, actor: AuditActor, patient: PatientID? = nil, route: String, resource: String? = nil,
        record: String? = nil, count: Int? = nil, outcome: AuditOutcome = .ok
    ) {
        self.time = time
        self.actor = actor
        self.patient = patient
        self.route = route
        self.resource = resource
        self.record = record
        self.count = count
        self.outcome = outcome
    }
}

/// Who asked.
package enum AuditActor: Hashable, Sendable {
    /// A worker through an App's page. `launch` is a keyed hash of the launch's name, which is a secret.
    case session(app: AppName, launch: String, worker: WorkerID)
    /// An operator through a command on this host.
    case account(String)
}

/// What came of an access: `ok`, or the code with which it was refused.
package struct AuditOutcome: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// It was answered.
    package static let ok = AuditOutcome(rawValue: "ok")

    /// Further refused attempts, counted in one entry.
    package static let counted = AuditOutcome(rawValue: "counted")

    /// Refused with this code.
    package static func refused(_ code: String) -> AuditOutcome { AuditOutcome(rawValue: code) }

    /// Whether it was refused.
    package var isRefused: Bool { self != .ok }
}

/// The limit beyond which refused attempts are counted.
package enum AuditLimit {
    /// So many refused attempts of a launch within a minute of the clock have an entry each. All further ones of that
    /// minute share one, with the outcome ``AuditOutcome/counted``, the route `*` and no patient.
    package static let refusedPerMinute = 60
}
