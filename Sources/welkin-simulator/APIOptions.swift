import ArgumentParser
import FoundationEssentials
import Platform
import Simulator

/// What the Data API holds, and how it behaves.
struct APIOptions: ParsableArguments {
    static let discussion = """
        While it runs, it is controlled by requests with JSON, no token needed:
          GET /_control/dump?resource=NAME   all records as they are now, a line each
          GET, DELETE /_control/requests     counts by path and status; starts again
          GET, POST /_control/settings       paging, links, page_size, maximum_page_size, token_lifetime, churn, \
        date (whether answers have one)
          GET, POST, DELETE /_control/faults {"faults": [{"fault": NAME, …}], "add": true}, as in --faults
          POST /_control/change              {"resource", "count", "seed", "at", "equal", "unknown_fields"}
          POST /_control/add                 {"resource", "count", "at", "equal"}
          POST /_control/late                {"resource", "count", "seconds" ago, or "at"}: new records of then
          POST /_control/delete              {"resource", "count", "seed"}
          POST /_control/odd                 {"resource", "kind", "count", "seed"}; kinds lone_surrogate, nul, \
        doubled_key, bad_utf8, control_character, unparsable, restless, not_object, no_id, object_id, slash_id, \
        no_filter, bad_instant, oversized
          POST /_control/backup, restore     {}: keeps all records as they are; puts them back
          POST /_control/resource            {"name", "count"}: one that no catalogue has
          GET, POST /_control/clock          {"offset" in seconds, "frozen": instant, "advance" in seconds, \
        "reset": true}

        A fault names what goes wrong (status, reset_before, reset_within, reset_after, truncated, slow, bad_json, \
        html, repeat_page, stuck_next, endless_next, foreign_next, huge, churn, revoke, deprecated, discontinued) and with which \
        requests: method, path (* for any text), at (a list of numbers), every, rate and seed, times. More: status, \
        retry_after ("3", "date:3"), milliseconds, bytes, count, origin.
        """

    @Option(help: .init("How many patients; there are about 12 records for each.", valueName: "n"))
    var patients = 200

    @Option(help: .init("The same seed makes the same records.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: .init("How many of a hundred values are loosely typed.", valueName: "percent"))
    var loose = 10

    @Option(
        name: .customLong("equal-instants"),
        help: .init("So many records of each resource were changed at one instant.", valueName: "n"))
    var equalInstants = 0

    @Option(
        name: .customLong("unknown-resource"),
        help: .init("A resource that no catalogue has. Repeatable.", valueName: "name=count"))
    var unknown: [NamedCount] = []

    @Option(
        help: """
            What next says: the instant of the page's last record (instant), which then comes again; of the first \
            record to come (following); or the last record itself (keyset), so that each comes once. In the first \
            two, an instant whose records fill a page is never left.
            """)
    var paging = APISettings.Paging.instant

    @Option(
        help: """
            How links are written: with all that is wrong in Welkin's documentation (documented), the same with \
            right addresses (sound), or only current and next (nested), href, or meta.
            """)
    var links = APISettings.Links.documented

    @Option(name: .customLong("page-size"), help: .init("Records of a page, unless asked.", valueName: "n"))
    var pageSize = 50

    @Option(name: .customLong("maximum-page-size"), help: .init("Records of a page at most.", valueName: "n"))
    var maximumPageSize = 1000

    @Option(
        name: .customLong("token-lifetime"), help: .init("How long an access token lives.", valueName: "seconds"))
    var tokenLifetime = 3600

    @Option(help: .init("Records of a resource that change after each page of it.", valueName: "n"))
    var churn = 0

    @Option(help: .init("A JSON file of faults, as /_control/faults takes it.", valueName: "file"))
    var faults: String?

    @Option(
        name: .customLong("public-url"),
        help: .init("What links and tokens name it by. Default: each request's Host.", valueName: "url"))
    var publicURL: String?

    func validate() throws {
        guard patients > 0, (0...100).contains(loose), equalInstants >= 0, settings.isSound else {
            throw ValidationError("A number makes no sense: there is at least one patient, and a page holds a record.")
        }
        if let name = unknown.first(where: { !APISeed.isUnknown($0.name) })?.name {
            throw ValidationError("“\(name)” is in the catalogue, or no name of a resource.")
        }
    }

    private var settings: APISettings {
        var settings = APISettings()
        settings.paging = paging
        settings.links = links
        settings.pageSize = min(pageSize, maximumPageSize)
        settings.maximumPageSize = maximumPageSize
        settings.tokenLifetime = tokenLifetime
        settings.churn = churn
        return settings
    }

    /// - Parameter clinic: whose patients are the first ones
    /// - Throws: a `ValidationError` where the file of faults cannot be used
    func provider(clinic: Clinic, client: APIClient) throws -> APIProvider {
        var seed = APISeed()
        seed.seed = self.seed
        seed.patients = patients
        seed.clinic = clinic
        seed.loose = loose
        seed.equalInstants = equalInstants
        seed.unknown = unknown.map { ($0.name, $0.count) }
        let provider = APIProvider(
            seed, client: client, settings: settings, publicURL: publicURL, now: { Platform.Clock.microseconds })
        if let faults {
            do {
                try provider.setFaults(json: Data(contentsOf: URL(fileURLWithPath: faults)))
            } catch {
                throw ValidationError("The faults in \(faults) cannot be used: \(error)")
            }
        }
        return provider
    }
}

/// `NAME=COUNT` on the command line.
struct NamedCount: ExpressibleByArgument {
    let name: String
    let count: Int

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let count = Int(parts[1]), count >= 0 else { return nil }
        (name, self.count) = (String(parts[0]), count)
    }
}

extension APISettings.Paging: ExpressibleByArgument {}
extension APISettings.Links: ExpressibleByArgument {}
