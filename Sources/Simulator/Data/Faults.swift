/// The faults to simulate, by route.
struct Faults: Sendable {
    enum Mode: String, Sendable, CaseIterable {
        /// 422 `refused`, without doing anything.
        case refuse
        /// 503 with Retry-After, without doing anything.
        case unavailable
        /// Waits, without an answer, until the route's mode is set again.
        case slow
        /// Does the work, but sends nginx no answer: the page gets nginx's own 503.
        case drop
        /// Does the work, but breaks off the answer, and so the page's connection.
        case cut
        /// Accepts a note (202) instead of saving it (201).
        case queue
        /// No fault.
        case none
    }

    struct Fault: Sendable, Equatable {
        let mode: Mode
        /// For how many requests; nil for all.
        var count: Int?
    }

    private(set) var active: [DataRoute: Fault] = [:]
    /// The number of slow requests currently held.
    private(set) var held: [DataRoute: Int] = [:]
    /// How often each route was set.
    private var settings: [DataRoute: Int] = [:]

    /// - Parameter count: for how many requests; nil for all
    mutating func set(_ mode: Mode, for route: DataRoute, count: Int?) {
        active[route] = mode == .none ? nil : Fault(mode: mode, count: count)
        settings[route, default: 0] += 1
    }

    /// The mode for a request that arrives now. A slow one counts as held until ``release(_:)``.
    mutating func take(_ route: DataRoute) -> Mode {
        guard let fault = active[route] else { return .none }
        if fault.mode == .slow { held[route, default: 0] += 1 }
        if let count = fault.count {
            active[route] = count > 1 ? Fault(mode: fault.mode, count: count - 1) : nil
        }
        return fault.mode
    }

    /// A slow request continues, or was cancelled.
    mutating func release(_ route: DataRoute) {
        held[route]? -= 1
    }

    /// How often the route was set: a slow request waits until this changes.
    func turn(of route: DataRoute) -> Int { settings[route] ?? 0 }
}
