import FoundationEssentials
import HTTPTypes
import StrictJSON

/// Reading patients and writing notes.
extension LiveClinic {
    /// At most this many notes per answer.
    private static let notesShown = 5
    /// The length limit of a note, in characters.
    static let longestNote = 10_000

    /// The session's worker and patient: everything that a page shows first.
    func context(_ session: DataSession) -> DataAnswer {
        let patient = session.patientID.flatMap(clinic.patient)
        return DataAnswer { json in
            json.member("worker", worker: isOurWorker(session) ? clinic.worker : nil)
            record(patient, &json)
            json.member("calls", calls: patient.map { latestCalls(session, to: $0) } ?? [])
        }
    }

    func patient(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        return DataAnswer { json in record(patient, &json) }
    }

    func writeNote(_ session: DataSession, _ body: DataBody, queued: Bool) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        let text = try body.text("text")
        guard !text.allSatisfy(\.isWhitespace) else { throw .badRequest("“text” is empty.") }
        guard text.count <= Self.longestNote else {
            throw .refused("A note is limited to \(Self.longestNote) characters.")
        }
        let key = try body.guid("key")
        return try once(session, body, [DataRoute.notes.rawValue, patient.id, text]) { state, now in
            let note = NoteBook.Note(
                id: UUID().uuidString.lowercased(), text: text, author: author(session), createdAt: now)
            state.notes.add(note, about: patient.id)
            let record = NoteRecord(
                id: note.id, patientID: patient.id, workerID: session.workerID, text: text, author: note.author,
                writtenAt: Int64(now) * .second, key: key)
            api?.with { $0.add(record) }
            if queued { return DataAnswer(.accepted) { $0.member("queued_at", Int64(now)) } }
            return DataAnswer(.created) { json in
                json.member("id", note.id)
                json.member("saved_at", Int64(now))
            }
        }
    }

    /// The patient named in a body, if the session may access it.
    func patient(of session: DataSession, _ body: DataBody) throws(DataRefusal) -> Patient {
        let id = try body.guid("patient")
        try session.admit(id)
        guard let patient = clinic.patient(id) else { throw .noPatient }
        return patient
    }

    /// Performs a write, unless one with its key was already done.
    ///
    /// - Parameter request: the route and everything that is requested
    func once(
        _ session: DataSession, _ body: DataBody, _ request: [String],
        _ write: (inout State, _ now: Int) -> DataAnswer
    ) throws(DataRefusal) -> DataAnswer {
        let key = try body.guid("key")
        return try state.change { state throws(DataRefusal) in
            if let given = try state.given.answer(key: key, workerID: session.workerID, request: request) {
                return given
            }
            let answer = write(&state, now())
            state.given.keep(answer, key: key, workerID: session.workerID, request: request)
            return answer
        }
    }

    /// The answer to a write of the session's worker, so that a lost answer can be found without repeating
    /// the write.
    func written(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let key = try body.guid("key")
        guard let answer = state.current.state.given.answer(key: key, workerID: session.workerID) else {
            throw .notWritten
        }
        return answer
    }

    func isOurWorker(_ session: DataSession) -> Bool { clinic.worker.id.lowercased() == session.workerID }

    private func author(_ session: DataSession) -> String {
        isOurWorker(session) ? clinic.worker.name : "Another worker"
    }

    private func record(_ patient: Patient?, _ json: inout JSONWriter) {
        json.member("patient", patient: patient)
        json.member("phone_numbers", phoneNumbers: patient?.phoneNumbers ?? [])
        let notes = patient.map { state.current.state.notes.all(about: $0.id) } ?? []
        json.member("notes", notes: notes.prefix(Self.notesShown))
        json.member("as_of", Int64(now()))
    }
}
