/// What a request wants to do with a session, for the log and the metrics.
enum SessionAction: String {
    case read
    case exchange
    case renew
    case end
    /// nginx asks on behalf of an App's own back end.
    case authorize
    /// A POST that was refused before it was known to be an exchange or a renewal.
    case post
    /// A method that the route does not have.
    case other
}
