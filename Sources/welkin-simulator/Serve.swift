import ArgumentParser
import Foundation
import Platform
import Simulator

/// Serves the host page.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a page like Welkin's that launches the App into an iframe.",
        discussion: """
            The page's origin must differ from the App's, as Welkin's does; the App's handler gets it as \
            WELKIN_HOST_ORIGIN. Any App works, whatever its language: it accepts a POST of token=JWT at its \
            URL and answers 302. For an App on this machine:

              export WELKIN_CLIENT_SECRET=a-secret-of-32-bytes-or-more-1234
              welkin-simulator serve --client-id demo \\
                --app-url http://localhost:3000/launch

            Then open http://welkin.localhost:8481/. The App checks the token's signature with that \
            secret. The foot of the page has a log of all messages between the page and the App, messages \
            that Welkin would not send, and launches that an App must refuse.

            A browser does not tell a page that a frame stayed empty, or why. So the simulator itself connects to \
            the App at each launch. If the App stays silent for a second, the simulator launches it once with a \
            token of its own; the page then states the problem and the remedy. Check, in the App's title bar, \
            does this at any time.

            With --data-listen, it also answers the data requests of an App's page, from the same made-up \
            clinic. These forms can then be posted to the host page's address:
              /ring     patient=ID, or nothing for an unknown number: answers the call's id
              /hang-up  call=ID
              /faults   route=NAME (notes, calls/place …), mode=MODE, and optionally count=N: the next N \
            requests of that route, or all until mode=none. refuse answers 422, unavailable 503; slow \
            waits until the route's mode is set again; drop does the work, but nginx gets no answer; \
            cut does the work, but breaks off the answer; queue accepts a note (202) instead of saving it. \
            GET /faults shows the modes that are set, and how many slow requests are held.

            With --api-listen, the Data API has that clinic too. With both, it gets the notes that a page writes, and \
            a planned call is completed there when its patient was reached.
            """)

    @Option(
        help: .init(
            "The address to listen on; port 0 picks a free one. Default: 127.0.0.1:8481.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var listen = ListenAddress(host: "127.0.0.1", port: 8481)

    @Option(
        name: .customLong("data-listen"),
        help: .init(
            """
            Where nginx reaches the data routes, /a/APP/LAUNCH/data/… (nginx/snippets/data.conf). \
            Default: not served.
            """, valueName: "host:port"),
        transform: ListenAddress.argument)
    var dataListen: ListenAddress?

    @Option(
        name: .customLong("api-listen"),
        help: .init(
            "Where to serve the Data API, as the api command does. Default: not served.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var apiListen: ListenAddress?

    @Flag(
        name: .customLong("allow-remote"),
        help: "Allow an address that other machines can reach. Anyone who reaches it can launch the App.")
    var allowsRemote = false

    @OptionGroup var client: ClientOptions

    @Option(name: .customLong("worker"), help: "The id of the logged-in worker.")
    var worker: String?

    @Option(
        name: .customLong("provider"),
        help: "The provider's id. Default: $WELKIN_PROVIDER_ID, or a fixed one.")
    var provider: String?

    @Flag(help: "Also launch the App on every page automatically, minimised: a persistent App.")
    var persistent = false

    @OptionGroup(title: "Data API") var apiOptions: APIOptions
    @OptionGroup(title: "Data API") var apiClient: APIClientOptions

    func validate() throws {
        _ = try sound()
    }

    /// The host's settings, and the Data API's client if that is served.
    ///
    /// - Throws: a `ValidationError` that lists everything missing or invalid.
    private func sound() throws -> (host: HostSettings, apiClient: APIClient?) {
        var problems = SettingProblems()
        if !allowsRemote { [listen, dataListen, apiListen].compactMap(\.self).forEach { problems.refuseRemote($0) } }
        let authorities = problems.authorities()
        let app = client.client(&problems)
        let apiClient = apiListen == nil ? nil : apiClient.client(&problems)
        let client = try problems.sound(app)
        var settings = HostSettings(
            appURL: client.appURL, clientID: client.id, secret: client.secret,
            providerID: provider ?? Environment.value("WELKIN_PROVIDER_ID") ?? Clinic.demoProviderID,
            clinic: .demo(workerID: worker))
        settings.answersEveryHost = allowsRemote
        // Remote users may come through a proxy with a name of its own.
        settings.name = allowsRemote ? nil : listen.pageName
        settings.authorities = authorities
        settings.launchesPersistent = persistent
        return (settings, apiClient)
    }

    func run() async throws {
        let (settings, apiClient) = try sound()
        var api: (provider: APIProvider, address: ListenAddress)?
        if let apiListen, let apiClient {
            api = (try apiOptions.provider(clinic: settings.clinic, client: apiClient), apiListen)
        }
        do {
            let server = HostServer(settings: settings, address: listen, dataAddress: dataListen, api: api)
            try await server.run(now: { Int(Clock.now.seconds) }) { part, address in
                StandardOutput.write("welkin-simulator: listening \(part.purpose)on http://\(address)")
                if part == .host { StandardOutput.write(settings.greeting(at: address)) }
            }
        } catch let error as CannotListen {
            StandardError.write("welkin-simulator: \(error)")
            throw ExitCode.failure
        }
    }
}

extension HostServer.Part {
    /// What distinguishes its “listening” line from the others.
    fileprivate var purpose: String {
        switch self {
        case .host: ""
        case .data: "for data "
        case .api: "for the Data API "
        }
    }
}

extension ListenAddress {
    /// The address that an option's text names.
    static func argument(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw ValidationError("“\(text)” is not HOST:PORT.")
        }
        return address
    }
}
