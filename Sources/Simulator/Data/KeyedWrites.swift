/// Writes that are done once by their key.
extension LiveClinic {
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
}
