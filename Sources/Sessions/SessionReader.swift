package import Gateway
package import Platform

/// Finds out whose session a request shows, for one App and launch.
package struct SessionReader: Sendable {
    package let keys: SessionKeys
    package let policy: SessionPolicy
    package let launch: LaunchID
    /// Knows the launches that were ended; nil where nobody remembers.
    package let store: (any StateStore)?

    package init(keys: SessionKeys, policy: SessionPolicy, launch: LaunchID, store: (any StateStore)?) {
        self.keys = keys
        self.policy = policy
        self.launch = launch
        self.store = store
    }

    /// Whether a request comes from the App's own page, which unsafe methods have to.
    package func isOwnOrigin(_ request: Request) -> Bool { request.origin == policy.url.origin.text }

    /// The first valid session among those that the request shows.
    package func session(of request: Request, now: UnixTime) throws(SessionFailure) -> Session {
        var refusal = SessionRefusal.missing
        for token in candidates(request) {
            let session: Session
            do {
                session = try SessionCodec(keys: keys).session(token, policy: policy, launch: launch, now: now)
            } catch {
                // One that has expired says more than one that is invalid.
                if refusal != .expired { refusal = error }
                continue
            }
            try refuseEnded()
            return session
        }
        throw .refused(refusal)
    }

    /// What the page holds in memory goes before the cookie: it is the newer one.
    private func candidates(_ request: Request) -> [String] {
        var tokens: [String] = []
        if policy.offersHandoff {
            if let header = request.sessionHeader { tokens.append(header) }
            if let header = request.authorization, header.lowercased().hasPrefix("bearer ") {
                tokens.append(String(header.dropFirst(7)))
            }
        }
        return tokens + Cookies.values(SessionCookie.name, in: request.cookie ?? "")
    }

    /// Refuses every session of a launch that its worker has ended.
    package func refuseEnded() throws(SessionFailure) {
        let isEnded = try remembered { store throws(StateError) in
            try store.happened(ending) ? true : nil
        }
        guard isEnded == nil else { throw .refused(.ended) }
    }

    /// The end of this launch.
    package var ending: StateEvent { StateEvent(.ended, Array(launch.text.utf8)) }

    /// What the store says; nil when there is none.
    package func remembered<Answer>(
        _ ask: (any StateStore) throws(StateError) -> Answer?
    ) throws(SessionFailure) -> Answer? {
        guard let store else { return nil }
        do { return try ask(store) } catch { throw .state(error) }
    }
}

/// Why there is no session for a request.
package enum SessionFailure: Error {
    case refused(SessionRefusal)
    case state(StateError)
}
