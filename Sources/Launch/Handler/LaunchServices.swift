import Gateway
import Platform
import Sessions

/// What every route needs in addition to its request and the settings.
final class LaunchServices: Sendable {
    let metrics: Metrics
    /// Writes an event; ``LogLine/write()`` in the program.
    let log: @Sendable (LogLine) -> Void
    private let store: @Sendable (_ folder: String) -> any StateStore

    /// - Parameter store: opens the store in a folder; the settings name the folder, if any.
    init(
        metrics: Metrics, log: @escaping @Sendable (LogLine) -> Void,
        store: @escaping @Sendable (_ folder: String) -> any StateStore
    ) {
        self.metrics = metrics
        self.log = log
        self.store = store
    }

    /// The store of these settings, if they name one.
    func store(of settings: LaunchSettings) -> (any StateStore)? { settings.stateFolder.map(store) }

    /// Answers with an error, and logs the same reference, so that every reference on a page is in the log.
    ///
    /// - Parameters:
    ///   - line: the beginning of the log line: the event and its subject
    ///   - hostOrigin: as for ``ErrorPage/response(_:code:_:id:hostOrigin:asJSON:headers:)``
    func refused(
        _ line: LogLine, _ refusal: RequestRefusal, _ status: Int, _ message: ErrorMessage,
        hostOrigin: Origin? = nil, asJSON: Bool, headers: [Response.Header] = []
    ) -> Response {
        let id = CorrelationID()
        log(line.with("outcome", "refused").with("reason", refusal.reason).with("id", id.text))
        return ErrorPage.response(
            status, code: refusal.code, message, id: id, hostOrigin: hostOrigin, asJSON: asJSON, headers: headers)
    }
}
