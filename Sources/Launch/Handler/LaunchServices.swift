import Gateway
import Platform
import Sessions

/// What every route needs besides its request and the settings.
final class LaunchServices: Sendable {
    let metrics: Metrics
    /// Where events are written; ``LogLine/write()`` in the program.
    let log: @Sendable (LogLine) -> Void
    private let store: @Sendable (_ folder: String) -> any StateStore

    /// - Parameter store: the store for a folder; the settings say which folder, if any.
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

    /// An error's answer, and the log's line with the same reference: nobody is shown one that no log has.
    ///
    /// - Parameters:
    ///   - line: how the log's line begins: the event, and what it is about
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
