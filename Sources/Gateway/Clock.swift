internal import Glibc

/// The system's clocks.
public enum Clock {
    /// Whole seconds since 1970.
    public static var seconds: Int64 { Int64(now(CLOCK_REALTIME).tv_sec) }

    /// Seconds since some moment, for durations: it never jumps.
    public static var monotonic: Double {
        let time = now(CLOCK_MONOTONIC)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func now(_ clock: clockid_t) -> timespec {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
