extension Clinic {
    /// A call that the worker must make.
    struct PlannedCall: Sendable {
        /// A GUID.
        let id: String
        let patient: Patient
        /// Seconds since 1970.
        let at: Int
        let reason: String
        let isDone: Bool
    }

    /// The worker's calls around that time (seconds since 1970), sorted by time, so that it is always
    /// midday.
    func schedule(now: Int) -> [PlannedCall] {
        let halfHour = 1800
        let base = (now / halfHour + 1) * halfHour
        return DemoSchedule.all.compactMap { entry in
            guard let patient = patient(entry.patientID) else { return nil }
            return PlannedCall(
                id: DemoID.guid("planned call", patient.id), patient: patient,
                at: base + entry.halfHours * halfHour, reason: entry.reason, isDone: entry.isDone)
        }
    }
}

/// The demo clinic's calls of the day.
enum DemoSchedule {
    struct Entry: Sendable {
        let patientID: String
        /// In half hours from the next full half hour.
        let halfHours: Int
        let reason: String
        var isDone = false
    }

    static let all: [Entry] = [
        Entry(
            patientID: DemoPatients.walter.id, halfHours: -5, reason: "Peak flow diary of two weeks", isDone: true),
        Entry(patientID: DemoPatients.ines.id, halfHours: -3, reason: "Mood questionnaire review", isDone: true),
        Entry(patientID: DemoPatients.omar.id, halfHours: -1, reason: "Call back: called twice this morning"),
        Entry(patientID: DemoPatients.elsa.id, halfHours: 0, reason: "Weight check"),
        Entry(patientID: DemoPatients.ruth.id, halfHours: 3, reason: "Pain in the evening, stairs"),
        Entry(patientID: DemoPatients.samuel.id, halfHours: 5, reason: "Welcome call"),
    ]
}
