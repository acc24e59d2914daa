/// The demo clinic's changes while the simulator runs: what Apps wrote, the calls, and the faults to
/// simulate. All in memory.
package final class LiveClinic: Sendable {
    struct State: Sendable {
        /// Written since the start, newest first, by patient id.
        var notes: [String: [Patient.Note]] = [:]
        var calls = CallBoard()
        var placed = PlacedCalls()
        var given = GivenAnswers()
        var faults = Faults()
    }

    let clinic: Clinic
    let providerID: String
    /// The Data API that shows what is written here too; nil if none is served.
    let api: APIProvider?
    /// Seconds since 1970.
    let now: @Sendable () -> Int
    /// The clock for waiting.
    let clock: any Clock<Duration>
    let state: Watched<State>

    /// - Parameters:
    ///   - providerID: the environment that sessions must have
    ///   - api: the Data API of the same clinic, if one is served
    ///   - now: seconds since 1970
    ///   - clock: the clock for waiting, in step with `now`
    package init(
        _ clinic: Clinic, providerID: String, api: APIProvider? = nil, now: @escaping @Sendable () -> Int,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.clinic = clinic
        self.providerID = providerID
        self.api = api
        self.now = now
        self.clock = clock
        state = Watched(State())
    }

    /// The patient with the notes written since the start.
    func current(_ patient: Patient) -> Patient {
        var patient = patient
        patient.notes = (state.current.state.notes[patient.id] ?? []) + patient.notes
        return patient
    }
}

extension LiveClinic {
    /// The patient named in a body, if the session may access it.
    func patient(of session: DataSession, _ body: DataBody) throws(DataRefusal) -> Patient {
        let id = try body.guid("patient")
        try session.admit(id)
        guard let patient = clinic.patient(id) else { throw .noPatient }
        return patient
    }

    /// Whether it is the demo clinic's worker, who alone has incoming calls.
    func isOurWorker(_ session: DataSession) -> Bool { clinic.worker.id.lowercased() == session.workerID }
}
