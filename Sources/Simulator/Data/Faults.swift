/// What is to go wrong on purpose, by route.
struct Faults: Sendable {
    enum Mode: String, Sendable, CaseIterable {
        /// 422 `refused`, and nothing is done.
        case refuse
        /// 503 with Retry-After, and nothing is done.
        case unavailable
        /// Nothing is done or answered until the route is set to anything again.
        case slow
        /// It is done, and nginx gets no answer: the page gets nginx's own 503.
        case drop
        /// It is done, and the answer breaks off in the middle: so does the page's connection.
        case cut
        /// A note is accepted (202) rather than saved (201).
        case queue
        /// All goes well.
        case none
    }

    struct Fault: Sendable, Equatable {
        let mode: Mode
        /// For how many requests; nil for all that come.
        var count: Int?
    }

    private(set) var active: [DataRoute: Fault] = [:]
    /// How many slow requests are held now.
    private(set) var held: [DataRoute: Int] = [:]
    /// How often each route was set.
    private var settings: [DataRoute: Int] = [:]

    /// - Parameter count: for how many requests; nil for all that come
    mutating func set(_ mode: Mode, for route: DataRoute, count: Int?) {
        active[route] = mode == .none ? nil : Fault(mode: mode, count: count)
        settings[route, default: 0] += 1
    }

    /// What is to happen to a request that comes now. A slow one counts as held until ``release(_:)``.
    mutating func take(_ route: DataRoute) -> Mode {
        guard let fault = active[route] else { return .none }
        if fault.mode == .slow { held[route, default: 0] += 1 }
        if let count = fault.count {
            active[route] = count > 1 ? Fault(mode: fault.mode, count: count - 1) : nil
        }
        return fault.mode
    }

    /// A slow request goes on, or was given up.
    mutating func release(_ route: DataRoute) {
        held[route]? -= 1
    }

    /// How often the route was set: a slow request waits for another number.
    func turn(of route: DataRoute) -> Int { settings[route] ?? 0 }
}
