package import DataAPI

/// The ends of a span of time, as an operator gives them. Without an offset, they are UTC.
package enum AuditSpan {
    /// The first instant of it: a date means its beginning.
    package static func beginning(_ text: String) -> Instant? { Instant(text) }

    /// The first instant behind it: a date means that the whole day is in it.
    package static func end(_ text: String) -> Instant? {
        Instant(text).map { $0 + (text.utf8.count == 10 ? .seconds(86_400) : .zero) }
    }
}
