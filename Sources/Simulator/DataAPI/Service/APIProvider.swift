package import FoundationEssentials
import Synchronization

/// The data of one stand-in for Welkin's Data API: its records, clock, settings and tokens.
///
/// All access is serialised, as in one database.
package final class APIProvider: Sendable {
    package let client: APIClient
    /// The public URL, such as `https://api.welkinhealth.com`; nil for the `Host` of each request.
    package let publicURL: String?
    private let state: Mutex<APIState>

    /// - Parameters:
    ///   - seed: determines the records
    ///   - now: the system's clock, in microseconds since 1970
    package init(
        _ seed: APISeed, client: APIClient, settings: APISettings = APISettings(), publicURL: String? = nil,
        now: @escaping @Sendable () -> Int64
    ) {
        self.client = client
        self.publicURL = publicURL
        state = Mutex(APIState(seed, settings: settings, clock: ServerClock(now)))
    }

    /// Reads or changes the state exclusively.
    func with<Result: Sendable, Failure: Error>(
        _ body: (inout APIState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) -> Result in try body(&state) }
    }

    /// Activates the rules of a JSON text: `{"faults": [{"fault": …}, …]}`.
    ///
    /// - Throws: a `DecodingError` with the problem
    package func setFaults(json: Data) throws {
        let rules = try JSONDecoder().decode(ControlRequest.Faults.self, from: json).faults
        with { $0.faults.set(rules) }
    }
}
