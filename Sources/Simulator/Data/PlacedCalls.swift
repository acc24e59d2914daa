/// The calls that workers have placed to patients. A call is closed when its outcome is recorded, or when it
/// is cancelled.
struct PlacedCalls: Sendable {
    enum Outcome: String, Sendable, CaseIterable {
        case answered, busy
        case noAnswer = "no_answer"
        case wrongNumber = "wrong_number"
    }

    enum Phase: String, Sendable {
        case dialing, ended, cancelled
    }

    struct Call: Sendable, Equatable {
        /// A GUID.
        let id: String
        /// The key of the write that placed it.
        let key: String
        let workerID: String
        let patientID: String
        let numberID: String
        /// When it was placed, in seconds since 1970.
        let at: Int
        var phase = Phase.dialing
        var outcome: Outcome?
        /// The planned call that it completed in the Data API.
        var completed: GUID?

        /// Whether the worker must still record the outcome.
        var isOpen: Bool { phase != .cancelled && outcome == nil }
    }

    private var calls: [Call] = []

    mutating func add(_ call: Call) {
        calls.append(call)
    }

    /// The worker's open calls, oldest first.
    func open(of workerID: String) -> [Call] {
        calls.filter { $0.workerID == workerID && $0.isOpen }
    }

    /// The worker's open calls to the patient, and the last call to each number, oldest first.
    func latest(of workerID: String, to patientID: String) -> [Call] {
        let all = calls.filter { $0.workerID == workerID && $0.patientID == patientID && $0.phase != .cancelled }
        return all.filter { call in call.isOpen || call.id == all.last { $0.numberID == call.numberID }?.id }
    }

    /// Changes the worker's call that has that id or key.
    ///
    /// - Returns: the changed call; nil if it does not exist
    mutating func change<Failure>(
        _ name: KeyPath<Call, String>, _ value: String, of workerID: String,
        _ body: (inout Call) throws(Failure) -> Void
    ) throws(Failure) -> Call? {
        guard let index = calls.firstIndex(where: { $0[keyPath: name] == value && $0.workerID == workerID })
        else { return nil }
        try body(&calls[index])
        return calls[index]
    }
}
