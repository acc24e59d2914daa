import Identifiers
import Records
import Sessions
import StrictJSON

/// One request to a data route: everything that its answer is made of. The answer is a function of it.
struct RouteCall {
    let session: Session
    let app: ServiceSettings.ServiceApp
    let settings: ServiceSettings
    let body: DataBody
    let reader: RecordReader
    let now: Instant
    /// What became of asking Welkin for the session's patient; nil if it was not asked.
    let fetched: PatientFetch?

    var access: Access { Access(session, mode: settings.access, readable: app.readable) }

    var resolver: OwnerResolver<RecordReader> { OwnerResolver(reader) }

    /// Answers by the route.
    ///
    /// - Parameter trace: becomes what the audit says of the request, also if it is refused
    func answer(_ route: DataRoute, _ trace: inout AuditTrace) throws -> RouteAnswer {
        try refuseInactiveWorker()
        switch route {
        case .context: return try context(&trace)
        case .patient: return try patient(&trace)
        case .schedule: return try schedule(&trace)
        case .find: return try find(&trace)
        case .get: return try get(&trace)
        case .changes: return try admitWait(&trace)
        }
    }

    /// Whether the session may wait for changes of the patient that the body names, if it names one.
    private func admitWait(_ trace: inout AuditTrace) throws -> RouteAnswer {
        if let patient = try body.patient("patient") { try admit(patient, &trace) }
        return .admitted
    }

    /// Refuses a patient whom the session does not reach.
    func admit(_ patient: PatientID, _ trace: inout AuditTrace) throws {
        trace.patient = patient
        guard try access.reaches(patient, isAssigned: isAssigned) else {
            throw session.patient == nil ? DataRefusal.unreachablePatient : .otherPatient
        }
    }

    /// Whether the session reaches what is owned so. The audit names the owner, if it is one patient.
    func reaches(_ ownership: Ownership, _ trace: inout AuditTrace) throws -> Bool {
        if case .patients(let owners) = ownership, owners.count == 1 { trace.patient = owners.first }
        return try access.reaches(ownership, isAssigned: isAssigned)
    }

    private func refuseInactiveWorker() throws {
        guard try reader.record(session.worker.text, of: .workers)?["active"]?.boolean != false else {
            throw DataRefusal.inactiveWorker
        }
    }

    /// Whether the patient's primary worker is the session's, or the patient is on that worker's schedule today.
    func isAssigned(_ patient: PatientID) throws -> Bool {
        if let record = try reader.record(patient.text, of: .patients),
            record["primary_worker_id"]?.text.flatMap({ WorkerID($0) }) == session.worker
        {
            return true
        }
        return try scheduled(on: day()).contains { $0["patient_id"]?.text.flatMap { PatientID($0) } == patient }
    }

    /// The events of a day in the session's worker's calendars.
    func scheduled(on day: ServiceDay) throws -> [Record] {
        try reader.calendars(of: session.worker).flatMap { try reader.events(of: $0, on: day) }
    }

    /// Today, where the session's worker is.
    func day() throws -> ServiceDay {
        let zone = try reader.record(session.worker.text, of: .workers)?["timezone"]?.text
        return ServiceDay(containing: now, zone: zone, else: settings.timeZone)
    }
}

/// What a route answers.
enum RouteAnswer {
    /// A JSON object.
    case answer([UInt8])
    /// The replica lacks the session's patient: Welkin has to be asked first.
    case missing(PatientID)
    /// The page may wait for changes: nothing was read for it yet.
    case admitted
}

/// What became of asking Welkin for a patient.
package enum PatientFetch: Sendable, Equatable {
    /// It is in the replica now.
    case stored
    /// Welkin has no such patient.
    case absent
    /// Welkin could not be asked, or did not answer in time.
    case unavailable
}

/// What the audit says of a request, besides who asked for what and when: ids and numbers, never values.
struct AuditTrace {
    /// The patient that was asked for, whether reached or not.
    var patient: PatientID?
    /// The resource's name.
    var resource: String?
    /// The record's id.
    var record: String?
    /// The number of records in the answer.
    var count: Int?
}
