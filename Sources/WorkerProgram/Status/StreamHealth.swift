package import DataAPI
package import Replica

/// Whether a stream is as it should be.
package struct StreamHealth: Sendable {
    /// Why it is not current.
    package enum Problem: Hashable, Sendable {
        /// Its last run failed; the code says why.
        case failing(String)
        /// Its cursor is this many seconds in the future: a clock was wrong.
        case cursorAhead(Int)
        /// Its first pull has not finished.
        case neverFinished
        /// It is this many seconds behind, or its last success is that long ago.
        case behind(Int)
    }

    package let status: StreamStatus
    /// The most serious first; empty when it is current.
    package let problems: [Problem]

    /// - Parameter limit: how far it may be behind.
    package init(_ status: StreamStatus, at now: Instant, limit: TimeSpan) {
        self.status = status
        var problems: [Problem] = []
        if let code = status.lastErrorCode { problems.append(.failing(code)) }
        if let ahead = status.cursorAhead(at: now) { problems.append(.cursorAhead(ahead)) }
        if status.state.cursor == nil || status.lastSuccess == nil {
            problems.append(.neverFinished)
        } else {
            let age = status.lastSuccess.map { Int((now - $0).components.seconds) } ?? 0
            let behind = max(status.lag(at: now) ?? 0, age)
            if behind > limit.seconds { problems.append(.behind(behind)) }
        }
        self.problems = problems
    }

    /// Whether there is nothing to report about it.
    package var isInOrder: Bool { problems.isEmpty && status.quarantined == 0 && status.unfinished.isEmpty }

    /// Everything to report about it, in a few words each; empty when it is in order.
    var words: [String] {
        var words = problems.map(\.description)
        if !status.unfinished.isEmpty { words.append(Words.count(status.unfinished.count, "unfinished instant")) }
        if status.quarantined > 0 { words.append("\(Words.grouped(status.quarantined)) quarantined") }
        return words
    }
}

extension StreamHealth.Problem: CustomStringConvertible {
    /// A few words.
    package var description: String {
        switch self {
        case .failing(let code): "failing (\(code))"
        case .cursorAhead(let seconds): "cursor \(Words.span(seconds)) in the future"
        case .neverFinished: "first pull not finished"
        case .behind(let seconds): "\(Words.span(seconds)) behind"
        }
    }
}

extension StreamStatus {
    /// How many seconds the stream is behind; nil before its first window is complete, and when its cursor is in the
    /// future.
    package func lag(at now: Instant) -> Int? {
        guard let cursor = state.cursor, cursorAhead(at: now) == nil else { return nil }
        return Int(max(.zero, now - cursor).components.seconds)
    }

    /// How many seconds its cursor is in the future, by this machine's clock; nil if it is not.
    package func cursorAhead(at now: Instant) -> Int? {
        guard let cursor = state.cursor, case let seconds = (cursor - now).components.seconds, seconds > 0 else {
            return nil
        }
        return Int(seconds)
    }
}
