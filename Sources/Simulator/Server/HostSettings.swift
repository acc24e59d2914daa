/// What the host page needs to know to launch an App.
package struct HostSettings: Sendable {
    package var appURL: AppAddress
    package var clientID: String
    package var secret: SigningSecret
    package var providerID: String
    package var clinic: Clinic
    /// Whether any `Host` is answered. Else only this machine's names are: a page of somebody else
    /// whose name suddenly resolves to this address (DNS rebinding) could fetch launch tokens.
    package var answersEveryHost = false
    /// The name that a browser is led to where it opens the page by another one of this machine's: an App allows one
    /// origin to frame it. Nil leads nobody anywhere.
    package var name: String?
    /// A PEM file with the authorities that the App's certificate may be of; nil for the system's.
    package var authorities: String?
    /// Whether the App is also there on every page by itself, as Welkin's persistent Apps are.
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

    /// The claims of a launch by the worker who is logged in.
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
