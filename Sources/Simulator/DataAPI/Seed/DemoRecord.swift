/// A record of the demo clinic, as the host page shows it.
struct DemoRecord: Sendable {
    let id: GUID
    /// When it was created and last changed, in microseconds since 1970.
    let created: Int64
    let updated: Int64
    /// Writes its members.
    let write: @Sendable (inout RecordText) -> Void

    /// Nil unless the id is a GUID.
    init?(_ id: String, created: Int64, updated: Int64, _ write: @escaping @Sendable (inout RecordText) -> Void) {
        guard let id = GUID(id) else { return nil }
        self.id = id
        self.created = created
        self.updated = updated
        self.write = write
    }
}

extension DemoRecord {
    /// The patients' notes, so many days old at the start as the host page says.
    static func notes(_ plan: SeedPlan) -> [DemoRecord] {
        let notes = plan.demoPatients.flatMap { patient in
            zip(patient.noteIDs, patient.notes).map { (patient: patient, id: $0, note: $1) }
        }
        return notes.enumerated().compactMap { index, each in
            // In the same second as on the host page, but no two at one instant.
            let written = Int64(plan.startSecond - each.note.daysAgo * 86_400) * .second + Int64(index)
            let author = plan.demo.team.first { $0.author == each.note.author } ?? plan.demo.worker
            let note = NoteRecord(
                id: each.id, patientID: each.patient.id, workerID: author.id, text: each.note.text,
                author: each.note.author, writtenAt: written)
            return DemoRecord(each.id, created: written, updated: written, note.write)
        }
    }

    /// The logged-in worker's calls around the start.
    static func calls(_ plan: SeedPlan) -> [DemoRecord] {
        let patients = plan.demoPatients
        let calendar = plan.id("calendars", 0)
        let calls = plan.demo.schedule(now: plan.startSecond).filter { patients.contains($0.patient) }
        return calls.enumerated().compactMap { index, call in
            let start = Int64(call.at) * .second
            let planned = Int64(plan.startSecond) * .second - .day + Int64(index)
            let updated = call.isDone ? start + 600 * .second : planned
            return DemoRecord(call.id, created: planned, updated: updated) { text in
                text.text("id", call.id)
                text.id("calendar_id", calendar)
                text.text("patient_id", call.patient.id)
                text.text("user_id", call.patient.id)
                text.flag("is_all_day", false)
                text.instant("start_time", start)
                text.instant("end_time", start + 1800 * .second)
                text.day("day", nil)
                text.text("outcome", call.isDone ? "completed" : nil)
                text.text("modality", "call")
                text.text("appointment_type", call.reason)
                text.times()
            }
        }
    }
}
