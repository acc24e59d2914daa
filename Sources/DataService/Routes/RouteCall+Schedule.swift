import Foundation
import Identifiers
import Records
import Sessions
import StrictJSON

/// `calls/schedule`: the calls of the worker's day.
extension RouteCall {
    private static var shown: [Resource] { [.calendars, .calendarEvents, .patients, .phoneNumbers, .workers] }

    func schedule(_ trace: inout AuditTrace) throws -> RouteAnswer {
        trace.resource = Resource.calendarEvents.name
        guard session.patient == nil, settings.showsSchedule else { throw DataRefusal.noSchedule }
        guard access.mayRead(.calendarEvents) else { throw DataRefusal.notReadable }
        let day = try day()
        let calls = try calls(of: day)
        trace.count = calls.count
        let (asOf, version) = (try reader.asOf(Self.shown), try reader.version())
        var writer = JSONWriter(capacity: 4096)
        writer.object { json in
            json.member("version", version)
            json.member("as_of", asOf?.seconds)
            json.member("stale_after", settings.staleAfter)
            json.member("timezone", day.zone.identifier)
            json.member(
                "calls",
                array: { list in
                    for call in calls { list.object { $0.members(of: call, now: now, access) } }
                })
        }
        return .answer(writer.bytes)
    }

    /// Those that last all day first, then by time.
    private func calls(of day: ServiceDay) throws -> [ScheduledCall] {
        var calls: [ScheduledCall] = []
        for event in try scheduled(on: day) {
            // Unless it says that it is a visit, it is a call.
            guard event["modality"]?.text != "visit", let patientID = event["patient_id"]?.text else { continue }
            // Who is on today's schedule is assigned.
            let isReached = PatientID(patientID).map { access.reaches($0) { _ in true } } ?? false
            let patient = isReached ? try reader.record(patientID, of: .patients) : nil
            let number = isReached ? try reader.phoneNumbers(of: patientID).first : nil
            calls.append(ScheduledCall(event, patient, number, day))
        }
        return calls.sorted { ($0.at?.microseconds ?? .min, $0.id ?? "") < ($1.at?.microseconds ?? .min, $1.id ?? "") }
    }
}

/// A call for display.
private struct ScheduledCall {
    let id: String?
    /// Nil if it may be at any time of the day.
    let at: Instant?
    let day: String
    /// `completed`, `cancelled`, `no_show`, or nil while it is open.
    let outcome: String?
    let reason: String?
    let patient: Record?
    let number: Record?
    /// The patient's own time of day, where clocks differ.
    let patientTime: String?

    init(_ event: Record, _ patient: Record?, _ number: Record?, _ day: ServiceDay) {
        id = event.id
        let at = event["start_time"]?.instant
        self.at = at
        self.day = day.date
        outcome = event["outcome"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        reason = event["appointment_type"]?.text
        self.patient = patient
        self.number = number
        let zone = patient?["timezone"]?.text.flatMap { TimeZone(identifier: $0) }
        if let at, let zone, day.differs(from: zone, at: at) {
            patientTime = ServiceDay.time(of: at, in: zone)
        } else {
            patientTime = nil
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of call: ScheduledCall, now: Instant, _ access: Access) {
        member("id", call.id)
        member("at", call.at?.seconds)
        if call.at == nil { member("day", call.day) }
        member("done", call.outcome != nil)
        member("outcome", call.outcome)
        member("overdue", call.outcome == nil && call.at.map { $0 < now } ?? false)
        member("reason", access.mayRead("appointment_type", of: .calendarEvents) ? call.reason : nil)
        member("patient", person: call.patient, ["id", "first_name", "last_name"], of: .patients, access)
        member("patient_time", call.patientTime)
        member("phone_number", number: call.number, access)
    }
}
