/// The notes, by patient.
struct NoteBook: Sendable {
    struct Note: Sendable, Equatable {
        /// A GUID.
        let id: String
        let text: String
        let author: String
        /// Seconds since 1970.
        let createdAt: Int
    }

    /// The clinic's own, newest first, by patient id.
    private let old: [String: [Note]]
    /// Written by Apps, newest first, by patient id.
    private var new: [String: [Note]] = [:]

    /// - Parameter now: seconds since 1970, from which the age of the clinic's own notes is counted
    init(patients: [Patient], now: Int) {
        var old: [String: [Note]] = [:]
        for patient in patients {
            old[patient.id] = zip(patient.noteIDs, patient.notes).map { id, note in
                Note(id: id, text: note.text, author: note.author, createdAt: now - note.daysAgo * 86_400)
            }
        }
        self.old = old
    }

    mutating func add(_ note: Note, about patientID: String) {
        new[patientID, default: []].insert(note, at: 0)
    }

    /// All about that patient, newest first.
    func all(about patientID: String) -> [Note] {
        written(about: patientID) + (old[patientID] ?? [])
    }

    /// Those that Apps wrote, newest first.
    func written(about patientID: String) -> [Note] {
        new[patientID] ?? []
    }
}
