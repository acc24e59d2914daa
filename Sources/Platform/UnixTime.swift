/// A moment in whole seconds since 1970-01-01T00:00:00Z, as in tokens (RFC 7519, NumericDate) and cookies.
package struct UnixTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let seconds: Int64

    /// The number of seconds.
    package var description: String { "\(seconds)" }

    @inlinable package init(seconds: Int64) { self.seconds = seconds }

    @inlinable package static func < (one: UnixTime, other: UnixTime) -> Bool { one.seconds < other.seconds }

    /// That many seconds later.
    @inlinable package static func + (time: UnixTime, seconds: Int64) -> UnixTime {
        UnixTime(seconds: time.seconds + seconds)
    }

    /// That many seconds earlier.
    @inlinable package static func - (time: UnixTime, seconds: Int64) -> UnixTime {
        UnixTime(seconds: time.seconds - seconds)
    }

    /// The seconds from `other` to `time`; negative when `other` is later.
    @inlinable package static func - (time: UnixTime, other: UnixTime) -> Int64 { time.seconds - other.seconds }
}
