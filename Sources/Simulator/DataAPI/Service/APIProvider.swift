package import FoundationEssentials
import Synchronization

/// What one stand-in for Welkin's Data API knows: its records, its clock, its settings, its tokens.
///
/// Everything happens one thing after the other, as in one database.
package final class APIProvider: Sendable {
    package let client: APIClient
    /// The URL that Welkin would be reached by, such as `https://api.welkinhealth.com`; nil for the `Host`
    /// of each request.
    package let publicURL: String?
    private let state: Mutex<APIState>

    /// - Parameters:
    ///   - seed: what the records are made of
    ///   - now: the system's clock, in microseconds since 1970
    package init(
        _ seed: APISeed, client: APIClient, settings: APISettings = APISettings(), publicURL: String? = nil,
        now: @escaping @Sendable () -> Int64
    ) {
        self.client = client
        self.publicURL = publicURL
        state = Mutex(APIState(seed, settings: settings, clock: ServerClock(now)))
    }

    /// Reads or changes the state while nobody else does.
    func with<Result: Sendable, Failure: Error>(
        _ body: (inout APIState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) -> Result in try body(&state) }
    }

    /// Puts the rules of a JSON text in force: `{"faults": [{"fault": …}, …]}`.
    ///
    /// - Throws: a `DecodingError` that says what is wrong
    package func setFaults(json: Data) throws {
        let rules = try JSONDecoder().decode(ControlRequest.Faults.self, from: json).faults
        with { $0.faults.set(rules) }
    }
}
