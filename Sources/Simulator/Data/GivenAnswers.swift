/// What was answered to writes, so that one that comes again is answered again and not done twice.
struct GivenAnswers: Sendable {
    /// A key is the worker's own: somebody else's is another one.
    private struct Key: Hashable {
        let workerID: String
        let key: String
    }

    private struct Entry: Sendable {
        let request: [String]
        let answer: DataAnswer
    }

    private var entries: [Key: Entry] = [:]

    /// The answer that a write with that key had; nil when it is new.
    ///
    /// - Parameter request: the route and all that was asked of it
    /// - Throws: `key_reused` when the key came with another request.
    func answer(key: String, workerID: String, request: [String]) throws(DataRefusal) -> DataAnswer? {
        guard let entry = entries[Key(workerID: workerID, key: key)] else { return nil }
        guard entry.request == request else { throw .keyReused }
        return entry.answer
    }

    /// The answer that a write with that key had, whatever was asked; nil when there was none.
    func answer(key: String, workerID: String) -> DataAnswer? {
        entries[Key(workerID: workerID, key: key)]?.answer
    }

    mutating func keep(_ answer: DataAnswer, key: String, workerID: String, request: [String]) {
        entries[Key(workerID: workerID, key: key)] = Entry(request: request, answer: answer)
    }
}
