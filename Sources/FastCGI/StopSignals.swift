internal import Glibc

/// The signals that end a server, received at one place instead of interrupting any.
struct StopSignals {
    private var set = sigset_t()

    /// Blocks them in this thread and in those that it starts.
    init() {
        unsafe sigemptyset(&set)
        // A hang-up is for programs that read their settings then; ours looks by itself.
        for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, signal) }
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Returns when SIGTERM or SIGINT has come.
    func wait() {
        var signal: Int32 = 0
        var set = set
        repeat { _ = unsafe sigwait(&set, &signal) } while signal == SIGHUP
    }
}
