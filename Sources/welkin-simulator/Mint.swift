package import ArgumentParser
import FoundationEssentials
import Platform
package import Simulator

/// Prints one launch token.
package struct Mint: ParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Print a launch token, valid or invalid on purpose.",
        discussion: """
            Identifiers that are not given are random GUIDs, which are printed on standard error. Flaws are \
            added before signing, so the signature is valid, except with --tamper, --empty, \
            --drop-signature and --extra-segment.
            """)

    @OptionGroup var client: ClientOptions

    @Option(name: .customLong("worker"), help: "The worker's id.")
    var worker: String?

    @Option(name: .customLong("patient"), help: "The patient's id.")
    var patient: String?

    @Flag(name: .customLong("no-patient"), help: "A launch outside a patient's page: no patient claim.")
    var hasNoPatient = false

    @Option(name: .customLong("provider"), help: "The provider's id. Default: $WELKIN_PROVIDER_ID.")
    var provider: String?

    @Flag(help: "Print the form body, token=…, as Welkin's page posts it.")
    var form = false

    @Option(name: .customLong("now"), help: "The time of signing, in seconds since 1970.")
    var time: Int?

    @OptionGroup(title: "Invalid on purpose") var flaws: FlawOptions

    package init() {}

    package func validate() throws {
        if hasNoPatient, patient != nil {
            throw ValidationError("--patient and --no-patient exclude each other.")
        }
        _ = try soundClient()
    }

    /// - Throws: a `ValidationError` that lists everything missing or invalid.
    private func soundClient() throws -> ClientOptions.Client {
        var problems = SettingProblems()
        let client = client.client(&problems)
        return try problems.sound(client)
    }

    package func run() throws {
        let minted = try minted()
        minted.notes.forEach(StandardError.write)
        // No newline after a body: it would become part of the token.
        if form {
            print(minted.token.form, terminator: "")
        } else {
            print(minted.token.compact)
        }
    }

    /// The token, and a note for each identifier that was made up.
    ///
    /// - Throws: a `ValidationError` if an option is missing or invalid.
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
