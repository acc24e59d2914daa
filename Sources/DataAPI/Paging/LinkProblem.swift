/// The problems of a page's `links`. The samples of Welkin's own documentation have several of them
/// at once.
public enum LinkProblem: String, Sendable, Hashable, CaseIterable {
    /// A link leads to another host, port or scheme. It is not followed.
    case foreignOrigin = "foreign_origin"
    /// A link leads to a different path than the requested one. It is not followed.
    case otherPath = "other_path"
    /// A value is not a date-time, or not a size.
    case badValue = "bad_value"
    /// A key of a link is not written as it should be (`page[%5B]from]`).
    case garbledKey = "garbled_key"
    /// A link has parameters that do not belong there (`resource_name`).
    case strayParameter = "stray_parameter"
    /// A link has lost its `page[to]`; the request's is kept.
    case lostEnd = "lost_end"
    /// A link begins before the requested window, or ends after it; it is cut to the window.
    case leavesWindow = "leaves_window"
    /// The answer names a different window than the requested one: it is the answer to another
    /// request, with another end.
    case otherWindow = "other_window"
    /// `links`, or something in it, is neither an object nor a text nor null.
    case unknownShape = "unknown_shape"
}
