package import Gateway
package import Platform

/// Reads the session that a request presents, for one App and launch.
package struct SessionReader: Sendable {
    package let keys: SessionKeys
    package let policy: SessionPolicy
    package let launch: LaunchID
    /// Knows which launches were ended; nil without a state folder.
    package let store: (any StateStore)?

    package init(keys: SessionKeys, policy: SessionPolicy, launch: LaunchID, store: (any StateStore)?) {
        self.keys = keys
        self.policy = policy
        self.launch = launch
        self.store = store
    }

    /// Whether a request comes from the App's own page, as unsafe methods must.
    package func isOwnOrigin(_ request: Request) -> Bool { request.origin == policy.url.origin.text }

    /// The first valid session among those that the request presents.
    package func session(of request: Request, now: UnixTime) throws(SessionFailure) -> Session {
        var refusal = SessionRefusal.missing
        for token in candidates(request) {
            let session: Session
            do {
                session = try SessionCodec(keys: keys).session(token, policy: policy, launch: launch, now: now)
            } catch {
                // "Expired" tells more than "invalid".
                if refusal != .expired { refusal = error }
                continue
            }
            try refuseEnded()
            return session
        }
        throw .refused(refusal)
    }

    /// The page's own token comes before the cookie, because it is newer.
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

    /// Throws if the worker has ended this launch.
    package func refuseEnded() throws(SessionFailure) {
        let isEnded = try remembered { store throws(StateError) in
            try store.happened(ending) ? true : nil
        }
        guard isEnded == nil else { throw .refused(.ended) }
    }

    /// The event that this launch was ended.
    package var ending: StateEvent { StateEvent(.ended, Array(launch.text.utf8)) }

    /// The store's answer; nil without a store.
    package func remembered<Answer>(
        _ ask: (any StateStore) throws(StateError) -> Answer?
    ) throws(SessionFailure) -> Answer? {
        guard let store else { return nil }
        do { return try ask(store) } catch { throw .state(error) }
    }
}

/// Why a request has no session.
package enum SessionFailure: Error {
    case refused(SessionRefusal)
    case state(StateError)
}
