import Glibc

/// The system's clocks.
package enum Clock {
    /// The time of day.
    package static var now: UnixTime { UnixTime(seconds: Int64(time(CLOCK_REALTIME).tv_sec)) }

    /// The time of day in microseconds since 1970.
    package static var microseconds: Int64 {
        let time = time(CLOCK_REALTIME)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// Seconds since an arbitrary moment, for durations: never jumps.
    package static var monotonic: Double {
        let time = time(CLOCK_MONOTONIC)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func time(_ clock: clockid_t) -> timespec {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
