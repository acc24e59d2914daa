import FoundationEssentials
import HTTPTypes
import StrictJSON

/// The worker's calls: incoming ones, and those to make.
extension LiveClinic {
    /// How long `calls/await` waits at most, in seconds; nginx's timeout is a little longer.
    static let longestPoll = 25

    /// Places a call from the session's worker to the patient.
    func placeCall(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        let number = try body.guid("phone_number")
        guard patient.phoneNumbers.contains(where: { $0.id == number }) else {
            throw .refused("This is not one of \(patient.name)'s numbers.")
        }
        let key = try body.guid("key")
        return try once(session, body, [DataRoute.placeCall.rawValue, patient.id, number]) { state, now in
            let call = PlacedCalls.Call(
                id: UUID().uuidString.lowercased(), key: key, workerID: session.workerID,
                patientID: patient.id, numberID: number, at: now)
            state.placed.add(call)
            return Self.call(call.id, call.phase.rawValue, status: .accepted)
        }
    }

    /// Ends a call in either direction; idempotent.
    func endCall(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let id = try body.guid("call")
        try state.change { state throws(DataRefusal) in
            let placed = try state.placed.change(\.id, id, of: session.workerID) { call throws(DataRefusal) in
                try session.admit(call.patientID)
                if call.phase == .dialing { call.phase = .ended }
            }
            if placed != nil { return }
            guard isOurWorker(session) else { throw .callEnded }
            try state.calls.end(id, now: now())
        }
        return Self.call(id, PlacedCalls.Phase.ended.rawValue, status: .ok)
    }

    /// Cancels the call with that key. A call that is not placed yet never will be.
    func cancelCall(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let key = try body.guid("key")
        return try state.change { state throws(DataRefusal) in
            let placed = try state.placed.change(\.key, key, of: session.workerID) { call throws(DataRefusal) in
                try session.admit(call.patientID)
                guard call.outcome == nil else { throw .callSettled }
                call.phase = .cancelled
            }
            let answer = Self.call(placed?.id ?? key, PlacedCalls.Phase.cancelled.rawValue, status: .ok)
            let request = [DataRoute.cancelCall.rawValue]
            if placed == nil, try state.given.answer(key: key, workerID: session.workerID, request: request) == nil {
                state.given.keep(answer, key: key, workerID: session.workerID, request: request)
            }
            return answer
        }
    }

    /// Records a placed call's outcome, and ends the call. The last recorded outcome counts.
    func recordOutcome(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let id = try body.guid("call")
        guard let outcome = PlacedCalls.Outcome(rawValue: try body.text("outcome")) else {
            let known = PlacedCalls.Outcome.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("“outcome” must be one of \(known).")
        }
        let placed = try state.change { state throws(DataRefusal) in
            try state.placed.change(\.id, id, of: session.workerID) { call throws(DataRefusal) in
                try session.admit(call.patientID)
                guard call.phase != .cancelled else { throw .callEnded }
                call.phase = .ended
                call.outcome = outcome
                complete(&call)
            }
        }
        guard let placed else { throw .callEnded }
        return Self.call(placed.id, placed.phase.rawValue, status: .ok)
    }

    /// A planned call is completed in the Data API when the patient was reached, and open again when that was a mistake.
    private func complete(_ call: inout PlacedCalls.Call) {
        call.completed = api?.with { [call] state in
            guard call.outcome == .answered else {
                call.completed.map { state.reopenCall($0) }
                return nil
            }
            let time = Int64(call.at) * .second
            return call.completed ?? state.completeCall(of: call.workerID, with: call.patientID, at: time)
        }
    }

    /// The worker's open calls to the patient named in a body, and the last one to each number.
    func placedCalls(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        let calls = state.current.state.placed.latest(of: session.workerID, to: patient.id).compactMap(placedCall)
        return DataAnswer { json in json.member("calls", calls: calls) }
    }

    /// With the patient's names, for display.
    private func placedCall(_ placed: PlacedCalls.Call) -> PlacedCall? {
        guard let patient = clinic.patient(placed.patientID),
            let number = patient.phoneNumbers.first(where: { $0.id == placed.numberID })
        else { return nil }
        return PlacedCall(placed: placed, patient: patient, number: number)
    }

    /// Answers or declines a call.
    func settleCall(
        _ session: DataSession, _ body: DataBody, as phase: CallBoard.Phase
    ) throws(DataRefusal) -> DataAnswer {
        let id = try body.guid("call")
        guard isOurWorker(session) else { throw .callEnded }
        let call = try state.change { state throws(DataRefusal) in
            try state.calls.settle(id, as: phase, now: now())
        }
        return Self.call(call.id, call.phase.rawValue, status: .ok)
    }

    /// The worker's live calls, as soon as they differ from those of the version `after`, but at the latest
    /// after the longest wait.
    func awaitCalls(_ session: DataSession, _ body: DataBody) async throws -> DataAnswer {
        let after = try body.optionalText("after")
        let end = now() + Self.longestPoll
        while true {
            let (state, generation) = self.state.current
            let now = now()
            let calls = isOurWorker(session) ? state.calls.live(now: now) : []
            let placed = state.placed.open(of: session.workerID)
            let version = Self.version(calls, placed)
            if version != after || now >= end { return answer(calls, placed, version) }
            try await wait(after: generation, until: min(end, calls.compactMap(\.ringsUntil).min() ?? end))
        }
    }

    /// Waits for a change or a time (in seconds since 1970), whichever comes first.
    private func wait(after generation: Watched<State>.Generation, until time: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in await state.wait(after: generation) }
            group.addTask { [self] in try await clock.sleep(for: .seconds(time - now())) }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }

    private func answer(
        _ calls: [CallBoard.Call], _ placed: [PlacedCalls.Call], _ version: String
    ) -> DataAnswer {
        DataAnswer { json in
            json.member("version", version)
            json.member(
                "calls",
                array: { list in
                    for call in calls {
                        list.object { json in
                            json.member("id", call.id)
                            json.member("state", call.phase.rawValue)
                            json.member("phone_number", call.number)
                            json.member("patient", nameOf: call.patientID.flatMap(clinic.patient))
                            json.member("since", Int64(call.since))
                        }
                    }
                })
            json.member("placed", calls: placed.compactMap(placedCall))
        }
    }

    /// Equal for equal calls, even across runs.
    private static func version(_ calls: [CallBoard.Call], _ placed: [PlacedCalls.Call]) -> String {
        let lines = calls.map { "\($0.id) \($0.phase)" } + placed.map { "\($0.id) \($0.phase)" }
        let text = Array(lines.joined(separator: "\n").utf8)
        return SHA2.sha256.hash(text).prefix(8).map { String($0, radix: 16) }.joined(separator: ".")
    }

    private static func call(_ id: String, _ phase: String, status: HTTPResponse.Status) -> DataAnswer {
        DataAnswer(status) { json in
            json.member(
                "call",
                object: { json in
                    json.member("id", id)
                    json.member("state", phase)
                })
        }
    }
}

/// A placed call for display.
struct PlacedCall: Sendable {
    let placed: PlacedCalls.Call
    let patient: Patient
    let number: Patient.PhoneNumber
}
