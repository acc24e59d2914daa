/// What the host page needs to know to launch an App.
package struct HostSettings: Sendable {
    package var appURL: AppAddress
    package var clientID: String
    package var secret: SigningSecret
    package var providerID: String
    package var clinic: Clinic
    /// Whether any `Host` is answered. Otherwise only this machine's names are: a foreign page whose name
    /// suddenly resolves to this address (DNS rebinding) could fetch launch tokens.
    package var answersEveryHost = false
    /// The name that browsers are redirected to from this machine's other names, because an App allows one origin to
    /// frame it. Nil for no redirects.
    package var name: String?
    /// A PEM file with the authorities trusted for the App's certificate; nil for the system's.
    package var authorities: String?
    /// Whether the App also starts on every page automatically, as Welkin's persistent Apps do.
    package var launchesPersistent = false

    package init(
        appURL: AppAddress, clientID: String, secret: SigningSecret,
        providerID: String = Clinic.demoProviderID, clinic: Clinic = .demo()
    ) {
        self.appURL = appURL
        self.clientID = clientID
        self.secret = secret
        self.providerID = providerID
        self.clinic = clinic
    }

    /// The claims of a launch by the logged-in worker.
    ///
    /// - Parameters:
    ///   - patientID: the patient that the App is opened from, or nil
    ///   - now: seconds since 1970
    package func claims(patientID: String?, now: Int) -> LaunchClaims {
        LaunchClaims(
            appURL: appURL.text, clientID: clientID, workerID: clinic.worker.id,
            patientID: patientID, providerID: providerID, now: now)
    }
}
