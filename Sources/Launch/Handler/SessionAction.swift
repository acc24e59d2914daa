/// What a request wanted of a session, for the log and the metrics.
enum SessionAction: String {
    case read
    case exchange
    case renew
    case end
    /// nginx's question on behalf of an App's own back end.
    case authorize
    /// A POST that did not get as far as to be an exchange or a renewal.
    case post
    /// None of the route's methods.
    case other
}
