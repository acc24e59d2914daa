import Launch
import Platform
import Sessions
import Synchronization

/// A store that can be told to forget what has expired.
protocol SweepableStore: StateStore {
    func sweep(now: UnixTime)
}

extension StateFolder: SweepableStore {}

/// A store that forgets nothing until it is swept, and fails when it is told to.
final class MemoryStore: SweepableStore {
    private struct Note {
        let time: UnixTime
        let expires: UnixTime
    }

    private let notes = Mutex<[StateEvent: Note]>([:])
    private let failure = Mutex<Int32?>(nil)

    func fail(with code: Int32) { failure.withLock { $0 = code } }

    func first(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime? {
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

    func sweep(now: UnixTime) { notes.withLock { $0 = $0.filter { $0.value.expires > now } } }

    /// Until when the events of a kind are remembered.
    func expiries(_ kind: StateEvent.Kind) -> [UnixTime] {
        notes.withLock { $0.filter { $0.key.kind == kind }.map(\.value.expires) }
    }

    /// How many events are remembered.
    var count: Int { notes.withLock(\.count) }
}
