import FoundationEssentials
import HTTPTypes
import StrictJSON

/// Writing notes.
extension LiveClinic {
    /// The length limit of a note, in characters.
    static let longestNote = 10_000

    func writeNote(_ session: DataSession, _ body: DataBody, queued: Bool) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        let text = try body.text("text")
        guard !text.allSatisfy(\.isWhitespace) else { throw .badRequest("“text” is empty.") }
        guard text.count <= Self.longestNote else {
            throw .refused("A note is limited to \(Self.longestNote) characters.")
        }
        let key = try body.guid("key")
        return try once(session, body, [DataRoute.notes.rawValue, patient.id, text]) { state, now in
            let note = Patient.Note(author: author(session), daysAgo: 0, text: text)
            state.notes[patient.id, default: []].insert(note, at: 0)
            let record = NoteRecord(
                id: UUID().uuidString.lowercased(), patientID: patient.id, workerID: session.workerID, text: text,
                author: note.author, writtenAt: Int64(now) * .second, key: key)
            api?.with { $0.add(record) }
            if queued { return DataAnswer(.accepted) { $0.member("queued_at", Int64(now)) } }
            return DataAnswer(.created) { json in
                json.member("id", record.id)
                json.member("saved_at", Int64(now))
            }
        }
    }

    private func author(_ session: DataSession) -> String {
        isOurWorker(session) ? clinic.worker.name : "Another worker"
    }
}
