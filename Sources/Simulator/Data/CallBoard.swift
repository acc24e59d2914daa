/// The worker's incoming calls.
struct CallBoard: Sendable {
    enum Phase: String, Sendable {
        case ringing, answered, declined, ended
    }

    struct Call: Sendable, Equatable {
        /// A GUID.
        let id: String
        /// In E.164.
        let number: String
        /// Nil for an unknown number.
        let patientID: String?
        var phase: Phase
        /// When the phase began, in seconds since 1970.
        var since: Int

        /// When the caller gives up, in seconds since 1970; nil unless it rings.
        var ringsUntil: Int? { phase == .ringing ? since + CallBoard.patience : nil }
    }

    /// How long a caller lets it ring, in seconds.
    static let patience = 45

    private var calls: [Call] = []

    mutating func ring(id: String, number: String, patientID: String?, now: Int) {
        calls.append(Call(id: id, number: number, patientID: patientID, phase: .ringing, since: now))
    }

    /// The ringing and answered calls at that time, oldest first.
    func live(now: Int) -> [Call] {
        calls.filter { call in
            call.phase == .answered || call.ringsUntil.map { now < $0 } ?? false
        }
    }

    /// Answers or declines a call; idempotent.
    ///
    /// - Throws: `not_found` if the call has ended, `taken` if it was already answered or declined differently.
    mutating func settle(_ id: String, as phase: Phase, now: Int) throws(DataRefusal) -> Call {
        guard let index = index(of: id, now: now) else { throw .callEnded }
        if calls[index].phase == phase { return calls[index] }
        guard calls[index].phase == .ringing else { throw .callTaken }
        calls[index].phase = phase
        calls[index].since = now
        return calls[index]
    }

    /// Ends an answered call; idempotent.
    ///
    /// - Throws: `not_found` if the call does not exist, `not_answered` if it still rings.
    mutating func end(_ id: String, now: Int) throws(DataRefusal) {
        if calls.contains(where: { $0.id == id && $0.phase == .ended }) { return }
        guard let index = index(of: id, now: now) else { throw .callEnded }
        guard calls[index].phase == .answered else { throw .callNotAnswered }
        calls[index].phase = .ended
    }

    /// Ends a call; false if no live call has that id.
    mutating func hangUp(_ id: String, now: Int) -> Bool {
        guard let index = index(of: id, now: now), calls[index].phase != .declined else { return false }
        calls[index].phase = .ended
        return true
    }

    /// A call that has not ended.
    private func index(of id: String, now: Int) -> Int? {
        calls.firstIndex { call in
            call.id == id && call.phase != .ended && call.ringsUntil.map { now < $0 } ?? true
        }
    }
}
