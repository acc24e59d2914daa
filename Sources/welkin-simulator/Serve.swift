import ArgumentParser
import Foundation
import Platform
import Simulator

/// Serves the host page.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a page like Welkin's that launches the App into an iframe.",
        discussion: """
            The page must have another origin than the App, as Welkin's has; the App's handler takes \
            its origin as WELKIN_HOST_ORIGIN. Any App will do, whatever it is written in: it takes a POST \
            of token=JWT at its URL and answers 302. For one that runs on this machine:

              export WELKIN_CLIENT_SECRET=a-secret-of-32-bytes-or-more-1234
              welkin-simulator serve --client-id demo \\
                --app-url http://localhost:3000/launch

            and then open http://welkin.localhost:8481/. The App checks the token's signature with that \
            secret. At the foot of the page are a log of all messages between the page and the App, \
            messages to send that Welkin would not, and launches that an App must refuse.

            A browser tells a page neither that a frame stayed empty nor why. So the simulator connects to the App \
            itself with each launch, and once launches it itself, by a token of its own, when the App has said \
            nothing for a second: then the page says what is wrong, and what to do. Check, in the App's title bar, \
            does so at any time.

            With --data-listen, what an App's page asks is answered too, of the same made-up clinic. These \
            forms can be posted to the host page's address meanwhile:
              /ring     patient=ID, or nothing for a number that nobody knows: answers the call's id
              /hang-up  call=ID
              /faults   route=NAME (notes, calls/place …), mode=MODE, and maybe count=N: the next N \
            requests of that route, or all until mode=none. refuse answers 422, unavailable 503; slow \
            does nothing until the route's mode is set again; drop does all, but nginx gets no answer; \
            cut does all, but the answer breaks off; queue accepts a note (202) rather than saves it. \
            GET /faults says what is set, and how many slow requests are held.
            """)

    @Option(
        help: .init(
            "Where to listen; port 0 takes a free one. Default: 127.0.0.1:8481.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var listen = ListenAddress(host: "127.0.0.1", port: 8481)

    @Option(
        name: .customLong("data-listen"),
        help: .init(
            """
            Where nginx reaches the data routes, /a/APP/LAUNCH/data/… (nginx/snippets/data.conf). \
            Default: nowhere.
            """, valueName: "host:port"),
        transform: ListenAddress.argument)
    var dataListen: ListenAddress?

    @Option(
        name: .customLong("api-listen"),
        help: .init(
            "Where to serve the Data API, as the command api does. Default: nowhere.", valueName: "host:port"),
        transform: ListenAddress.argument)
    var apiListen: ListenAddress?

    @Flag(
        name: .customLong("allow-remote"),
        help: "Allow an address that other machines reach. Whoever reaches it can launch the App.")
    var allowsRemote = false

    @OptionGroup var client: ClientOptions

    @Option(name: .customLong("worker"), help: "The id of the worker who is logged in.")
    var worker: String?

    @Option(
        name: .customLong("provider"),
        help: "The provider's id. Default: $WELKIN_PROVIDER_ID, or one that is the same in every run.")
    var provider: String?

    @Flag(help: "Launch the App on every page by itself as well, minimised: a persistent App.")
    var persistent = false

    @OptionGroup(title: "Data API") var apiOptions: APIOptions
    @OptionGroup(title: "Data API") var apiClient: APIClientOptions

    func validate() throws {
        _ = try sound()
    }

    /// Who is launched, where, and the Data API's client, where it is served.
    ///
    /// - Throws: a `ValidationError` that says all that is missing or wrong.
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
        // Where others come too, there may be a proxy before it, and a name of its own.
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
    /// How the line that says where it listens tells it from the others.
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
