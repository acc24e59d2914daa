package import ArgumentParser
import FoundationEssentials
import Platform
package import Simulator

/// Prints one launch token.
package struct Mint: ParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Print a launch token, right or wrong on purpose.",
        discussion: """
            Identifiers that are not given are random GUIDs, which are said on standard error. What is \
            wrong on purpose is wrong before signing, so that the signature is right, except for \
            --tamper, --empty, --drop-signature and --extra-segment.
            """)

    @OptionGroup var client: ClientOptions

    @Option(name: .customLong("worker"), help: "The worker's id.")
    var worker: String?

    @Option(name: .customLong("patient"), help: "The patient's id.")
    var patient: String?

    @Flag(name: .customLong("no-patient"), help: "A launch from outside a patient: no patient claim.")
    var hasNoPatient = false

    @Option(name: .customLong("provider"), help: "The provider's id. Default: $WELKIN_PROVIDER_ID.")
    var provider: String?

    @Flag(help: "Print the form's body, token=…, as Welkin's page posts it.")
    var form = false

    @Option(name: .customLong("now"), help: "The time to sign at, in seconds since 1970.")
    var time: Int?

    @OptionGroup(title: "Wrong on purpose") var flaws: FlawOptions

    package init() {}

    package func validate() throws {
        if hasNoPatient, patient != nil {
            throw ValidationError("--patient and --no-patient exclude each other.")
        }
        _ = try soundClient()
    }

    /// - Throws: a `ValidationError` that says all that is missing or wrong.
    private func soundClient() throws -> ClientOptions.Client {
        var problems = SettingProblems()
        let client = client.client(&problems)
        return try problems.sound(client)
    }

    package func run() throws {
        let minted = try minted()
        minted.notes.forEach(StandardError.write)
        // A body ends where it ends: a line's end behind it would belong to the token.
        if form {
            print(minted.token.form, terminator: "")
        } else {
            print(minted.token.compact)
        }
    }

    /// The token, and a note for each identifier that had to be made up.
    ///
    /// - Throws: a `ValidationError` where an option is missing or makes no sense.
    package func minted() throws -> (token: MintedToken, notes: [String]) {
        let now = time ?? Int(Clock.now.seconds)
        let client = try soundClient()
        var notes: [String] = []
        func random(_ what: String) -> String {
            let id = UUID().uuidString.lowercased()
            notes.append("\(what) \(id)")
            return id
        }
        let claims = LaunchClaims(
            appURL: client.appURL.text, clientID: client.id,
            workerID: worker ?? random("worker"),
            patientID: hasNoPatient ? nil : patient ?? random("patient"),
            providerID: provider ?? Environment.value("WELKIN_PROVIDER_ID") ?? random("provider"),
            now: now)
        return (MintedToken(claims: claims, secret: client.secret, flaws: flaws.flaws, now: now), notes)
    }
}
