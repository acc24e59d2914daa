import ArgumentParser
import FoundationEssentials
import Platform
import Simulator

/// What the Data API holds, and how it behaves.
struct APIOptions: ParsableArguments {
    static let discussion = """
        While it runs, JSON requests control it; they need no token:
          GET /_control/dump?resource=NAME   all records as they are now, one per line
          GET, DELETE /_control/requests     counts by path and status; resets them
          GET, POST /_control/settings       paging, links, page_size, maximum_page_size, token_lifetime, churn, \
        date (whether responses carry one)
          GET, POST, DELETE /_control/faults {"faults": [{"fault": NAME, …}], "add": true}, as in --faults
          POST /_control/change              {"resource", "count", "seed", "at", "equal", "unknown_fields"}
          POST /_control/add                 {"resource", "count", "at", "equal"}
          POST /_control/late                {"resource", "count", "seconds" ago, or "at"}: new records dated then
          POST /_control/delete              {"resource", "count", "seed"}, or {"resource", "id"}
          POST /_control/put                 {"resource", "id", "values": {MEMBER: VALUE, …}, "at"}: sets these of one \
        record; without an id, or under one that does not exist, of a new one
          POST /_control/odd                 {"resource", "kind", "count", "seed"}; kinds lone_surrogate, nul, \
        doubled_key, bad_utf8, control_character, unparsable, restless, not_object, no_id, object_id, slash_id, \
        no_filter, bad_instant, oversized
          POST /_control/backup, restore     {}: saves all records as they are; restores them
          POST /_control/resource            {"name", "count"}: one that is in no catalogue
          GET, POST /_control/clock          {"offset" in seconds, "frozen": instant, "advance" in seconds, \
        "reset": true}

        A fault names what fails (status, reset_before, reset_within, reset_after, truncated, slow, bad_json, \
        html, repeat_page, stuck_next, endless_next, foreign_next, huge, churn, revoke, deprecated, discontinued) \
        and for which requests: method, path (* matches any text), at (a list of numbers), every, rate and seed, \
        times. More: status, retry_after ("3", "date:3"), milliseconds, bytes, count, origin.
        """

    @Option(
        help: .init(
            "Number of patients; each has about 12 records. The first seven are those of the host page.",
            valueName: "n"))
    var patients = 200

    @Option(help: .init("The same seed gives the same records.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: .init("Percentage of values that are loosely typed.", valueName: "percent"))
    var loose = 10

    @Option(
        name: .customLong("equal-instants"),
        help: .init("Number of records per resource that changed at the same instant.", valueName: "n"))
    var equalInstants = 0

    @Option(
        name: .customLong("unknown-resource"),
        help: .init("A resource that is in no catalogue. Repeatable.", valueName: "name=count"))
    var unknown: [NamedCount] = []

    @Option(
        help: """
            What next points to: the instant of the page's last record (instant), which then repeats; the instant of \
            the following record (following); or the last record itself (keyset), so that nothing repeats. The \
            first two never get past an instant whose records fill a page.
            """)
    var paging = APISettings.Paging.instant

    @Option(
        help: """
            How links are written: with every error of Welkin's documentation (documented), the same with correct \
            addresses (sound), or only current and next (nested), href, or meta.
            """)
    var links = APISettings.Links.documented

    @Option(name: .customLong("page-size"), help: .init("Records per page, unless the request says.", valueName: "n"))
    var pageSize = 50

    @Option(name: .customLong("maximum-page-size"), help: .init("At most this many records per page.", valueName: "n"))
    var maximumPageSize = 1000

    @Option(
        name: .customLong("token-lifetime"), help: .init("Lifetime of an access token.", valueName: "seconds"))
    var tokenLifetime = 3600

    @Option(help: .init("Records of a resource that change after each of its pages.", valueName: "n"))
    var churn = 0

    @Option(help: .init("A JSON file of faults, as /_control/faults accepts.", valueName: "file"))
    var faults: String?

    @Option(
        name: .customLong("public-url"),
        help: .init("The address in links and tokens. Default: each request's Host.", valueName: "url"))
    var publicURL: String?

    func validate() throws {
        guard patients > 0, (0...100).contains(loose), equalInstants >= 0, settings.isSound else {
            throw ValidationError("A number is out of range: at least one patient, and one record per page.")
        }
        if let name = unknown.first(where: { !APISeed.isUnknown($0.name) })?.name {
            throw ValidationError("“\(name)” is in the catalogue, or is not a valid resource name.")
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

    /// - Parameter clinic: its patients come first
    /// - Throws: a `ValidationError` if the file of faults is unusable
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
                throw ValidationError("Cannot use the faults in \(faults): \(error)")
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
