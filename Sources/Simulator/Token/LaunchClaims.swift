/// The claims of a launch token, exactly as Welkin's Apps Framework documentation lists them:
/// these names, no `iat`, `nbf`, `jti` or `nonce`.
package struct LaunchClaims: Sendable, Equatable {
    /// The `iss` of every launch.
    package static let welkinIssuer = "coach.welkinhealth.com"
    /// Seconds from signing to `exp`.
    package static let lifetime = 600

    /// `iss`.
    package var issuer: String
    /// `aud`: the App URL that Welkin has on file.
    package var audience: String
    /// `exp`, in seconds since 1970.
    package var expiresAt: Int
    /// `welkin_oauth_client_id`: the client whose secret signs.
    package var clientID: String
    /// `welkin_patient_id`; absent if the App was not opened from a patient.
    package var patientID: String?
    /// `welkin_worker_id`: the logged-in worker.
    package var workerID: String
    /// `welkin_provider_id`: the Welkin environment.
    package var providerID: String

    /// The claims of an honest launch at `now` (seconds since 1970).
    ///
    /// The identifiers are strings, not GUIDs, because tests need malformed ones too.
    package init(
        appURL: String, clientID: String, workerID: String, patientID: String?, providerID: String,
        now: Int
    ) {
        issuer = Self.welkinIssuer
        audience = appURL
        expiresAt = now + Self.lifetime
        self.clientID = clientID
        self.patientID = patientID
        self.workerID = workerID
        self.providerID = providerID
    }

    /// The names of all claims that a launch can have.
    package static let names = LaunchClaims(
        appURL: "", clientID: "", workerID: "", patientID: "", providerID: "", now: 0
    ).object.members.map(\.name)

    /// The claims as a JSON object, in the order of Welkin's documentation.
    package var object: RawJSONObject {
        var object = RawJSONObject()
        object.append("iss", RawJSONObject.string(issuer))
        object.append("aud", RawJSONObject.string(audience))
        object.append("exp", String(expiresAt))
        object.append("welkin_oauth_client_id", RawJSONObject.string(clientID))
        if let patientID {
            object.append("welkin_patient_id", RawJSONObject.string(patientID))
        }
        object.append("welkin_worker_id", RawJSONObject.string(workerID))
        object.append("welkin_provider_id", RawJSONObject.string(providerID))
        return object
    }
}
