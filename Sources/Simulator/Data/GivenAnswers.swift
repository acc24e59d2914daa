/// The answers to writes, so that a repeated write gets the same answer and is not done twice.
struct GivenAnswers: Sendable {
    /// Keys belong to a worker: another worker's equal key is a different one.
    private struct Key: Hashable {
        let workerID: String
        let key: String
    }

    private struct Entry: Sendable {
        let request: [String]
        let answer: DataAnswer
    }

    private var entries: [Key: Entry] = [:]

    /// The answer to the write with that key; nil for a new key.
    ///
    /// - Parameter request: the route and everything that was requested
    /// - Throws: `key_reused` if the key was used for another request.
    func answer(key: String, workerID: String, request: [String]) throws(DataRefusal) -> DataAnswer? {
        guard let entry = entries[Key(workerID: workerID, key: key)] else { return nil }
        guard entry.request == request else { throw .keyReused }
        return entry.answer
    }

    /// The answer to the write with that key, whatever the request; nil if there was none.
    func answer(key: String, workerID: String) -> DataAnswer? {
        entries[Key(workerID: workerID, key: key)]?.answer
    }

    mutating func keep(_ answer: DataAnswer, key: String, workerID: String, request: [String]) {
        entries[Key(workerID: workerID, key: key)] = Entry(request: request, answer: answer)
    }
}
