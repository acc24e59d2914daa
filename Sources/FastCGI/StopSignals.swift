import Glibc

/// The signals that end a server, received at one place instead of interrupting any.
package struct StopSignals: Sendable {
    private var set = sigset_t()

    /// Blocks them in this thread and in those that it starts: one that comes from now on waits for
    /// ``wait()``. To be made before anybody can know that the server is there.
    package init() {
        unsafe sigemptyset(&set)
        // A hang-up is for programs that read their settings then; ours looks by itself.
        for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, signal) }
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Sends the process SIGTERM.
    func raise() { _ = kill(getpid(), SIGTERM) }

    /// Returns when SIGTERM or SIGINT has come.
    func wait() {
        var signal: Int32 = 0
        var set = set
        repeat { _ = unsafe sigwait(&set, &signal) } while signal == SIGHUP
    }
}
