import Crypto
import FoundationEssentials
import HTTPTypes
import StrictJSON

/// The worker's calls: those that come in, and those to make.
extension LiveClinic {
    /// How long `calls/await` waits at most, in seconds; nginx waits a little longer.
    static let longestPoll = 25

    /// Has the patient called, from the session's worker.
    func placeCall(_ session: DataSession, _ body: DataBody) throws(DataRefusal) -> DataAnswer {
        let patient = try patient(of: session, body)
        let number = try body.guid("phone_number")
        guard patient.phoneNumbers.contains(where: { $0.id == number }) else {
            throw .refused("This is not a number of \(patient.name).")
        }
        return try once(session, body, [DataRoute.placeCall.rawValue, patient.id, number]) { _, _ in
            Self.call(UUID().uuidString.lowercased(), "dialing", status: .accepted)
        }
    }

    /// The worker's calls of the day.
    func schedule(_ session: DataSession) -> DataAnswer {
        let now = now()
        return DataAnswer { json in
            json.member(
                "calls",
                array: { list in
                    for call in isOurWorker(session) ? clinic.schedule(now: now) : [] {
                        list.object { json in
                            json.member("id", call.id)
                            json.member("at", Int64(call.at))
                            json.member("done", call.isDone)
                            json.member("reason", call.reason)
                            json.member("patient", nameOf: call.patient)
                            json.member("phone_number", object: { $0.members(of: call.number) })
                        }
                    }
                })
            json.member("as_of", Int64(now))
        }
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

    /// The worker's live calls, as soon as they are others than those of the version `after`, at the
    /// latest when the longest time is over.
    func awaitCalls(_ session: DataSession, _ body: DataBody) async throws -> DataAnswer {
        let after = try body.optionalText("after")
        let end = now() + Self.longestPoll
        while true {
            let (state, generation) = self.state.current
            let now = now()
            let calls = isOurWorker(session) ? state.calls.live(now: now) : []
            let version = Self.version(calls)
            if version != after || now >= end { return answer(calls, version) }
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

    private func answer(_ calls: [CallBoard.Call], _ version: String) -> DataAnswer {
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
        }
    }

    /// Equal for equal calls, even in another run.
    private static func version(_ calls: [CallBoard.Call]) -> String {
        let text = calls.map { "\($0.id) \($0.phase.rawValue)" }.joined(separator: "\n")
        return SHA256.hash(data: Data(text.utf8)).prefix(8).map { String($0, radix: 16) }.joined(separator: ".")
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
