import Launch
import Synchronization

/// A store that can be told to forget what has expired.
protocol SweepableStore: StateStore {
    func sweep(now: Int64)
}

extension StateFolder: SweepableStore {}

/// A store that forgets nothing until it is swept, and fails when it is told to.
final class MemoryStore: SweepableStore {
    private struct Note {
        let time: Int64
        let expires: Int64
    }

    private let notes = Mutex<[StateEvent: Note]>([:])
    private let failure = Mutex<Int32?>(nil)

    func fail(with code: Int32) { failure.withLock { $0 = code } }

    func first(_ event: StateEvent, now: Int64, expires: Int64) throws(StateError) -> Int64? {
        if let code = failure.withLock({ $0 }) { throw StateError(code: code) }
        return notes.withLock { notes in
            if let note = notes[event] { return note.time }
            notes[event] = Note(time: now, expires: expires)
            return nil
        }
    }

    func happened(_ event: StateEvent) throws(StateError) -> Bool {
        if let code = failure.withLock({ $0 }) { throw StateError(code: code) }
        return notes.withLock { $0[event] != nil }
    }

    func sweep(now: Int64) { notes.withLock { $0 = $0.filter { $0.value.expires > now } } }

    /// Until when the events of a kind are remembered, in seconds since 1970.
    func expiries(_ kind: StateEvent.Kind) -> [Int64] {
        notes.withLock { $0.filter { $0.key.kind == kind }.map(\.value.expires) }
    }

    /// How many events are remembered.
    var count: Int { notes.withLock(\.count) }
}
