internal import Glibc

/// Time that never jumps.
enum Clock {
    /// Whole seconds since some moment.
    static var now: Int {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}
