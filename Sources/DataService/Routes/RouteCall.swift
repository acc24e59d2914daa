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
        // Waits outside; see ``ChangeBoard``.
        case .changes: throw DataRefusal.noRoute
        }
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
        let calendars = try reader.calendars(of: session.worker)
        guard !calendars.isEmpty else { return false }
        let day = try day()
        return try reader.records(of: .calendarEvents, where: "patient_id", patient.text).contains { event in
            event["calendar_id"]?.text.flatMap { Identifier($0) }.map(calendars.contains) == true && day.contains(event)
        }
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
