extension LiveClinic {
    /// Answers a request, or applies the fault that is set for it.
    ///
    /// - Returns: the answer, and how to send it: ``Faults/Mode/drop`` or ``Faults/Mode/cut``; any other
    ///   mode sends it normally
    func answer(
        _ route: DataRoute, _ session: DataSession, _ body: DataBody
    ) async throws -> (answer: DataAnswer, fault: Faults.Mode) {
        let (fault, turn) = state.change { ($0.faults.take(route), $0.faults.turn(of: route)) }
        switch fault {
        case .refuse: throw DataRefusal.refused("The simulator was told to refuse this.")
        case .unavailable: throw DataRefusal.unavailable
        case .slow: try await waitForTurn(of: route, after: turn)
        case .drop, .cut, .queue, .none: break
        }
        return (try await answer(route, session, body, queued: fault == .queue), fault)
    }

    private func answer(
        _ route: DataRoute, _ session: DataSession, _ body: DataBody, queued: Bool
    ) async throws -> DataAnswer {
        switch route {
        case .notes: try writeNote(session, body, queued: queued)
        case .written: try written(session, body)
        case .placeCall: try placeCall(session, body)
        case .placedCalls: try placedCalls(session, body)
        case .awaitCalls: try await awaitCalls(session, body)
        case .answerCall: try settleCall(session, body, as: .answered)
        case .declineCall: try settleCall(session, body, as: .declined)
        case .endCall: try endCall(session, body)
        case .cancelCall: try cancelCall(session, body)
        case .recordOutcome: try recordOutcome(session, body)
        }
    }

    private func waitForTurn(of route: DataRoute, after turn: Int) async throws {
        defer { state.change { $0.faults.release(route) } }
        while true {
            let (state, generation) = self.state.current
            if state.faults.turn(of: route) != turn { return }
            await self.state.wait(after: generation)
            try Task.checkCancellation()
        }
    }
}
