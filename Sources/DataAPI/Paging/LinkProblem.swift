/// What can be wrong with the `links` of a page. The samples of Welkin's own documentation have
/// several of these at once.
public enum LinkProblem: String, Sendable, Hashable, CaseIterable {
    /// A link leads to another host, port or scheme. It is not followed.
    case foreignOrigin = "foreign_origin"
    /// A link leads to another path than the one that was asked. It is not followed.
    case otherPath = "other_path"
    /// A value is no date-time, or no size.
    case badValue = "bad_value"
    /// A key of a link is not written as it should be (`page[%5B]from]`).
    case garbledKey = "garbled_key"
    /// A link has parameters that do not belong there (`resource_name`).
    case strayParameter = "stray_parameter"
    /// A link has lost its `page[to]`; the request's is kept.
    case lostEnd = "lost_end"
    /// A link begins before the window that was asked, or ends behind it; cut to the window.
    case leavesWindow = "leaves_window"
    /// The answer says that it is for another window than was asked: some other request's answer,
    /// with another end.
    case otherWindow = "other_window"
    /// `links`, or something in it, is neither an object nor a text nor null.
    case unknownShape = "unknown_shape"
}
