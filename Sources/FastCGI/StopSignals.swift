import Glibc

/// The signals that stop a server, received in one place instead of interrupting any thread.
package struct StopSignals: Sendable {
    private var set = sigset_t()

    /// Blocks them in this thread and in those that it starts: a signal stays pending until
    /// ``wait()``. Create it before anybody can know that the server exists.
    package init() {
        unsafe sigemptyset(&set)
        // SIGHUP is for programs that reload their settings on it; ours reloads by itself.
        for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, signal) }
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Sends the process SIGTERM.
    func raise() { _ = kill(getpid(), SIGTERM) }

    /// Returns when SIGTERM or SIGINT arrives.
    func wait() {
        var signal: Int32 = 0
        var set = set
        repeat { _ = unsafe sigwait(&set, &signal) } while signal == SIGHUP
    }
}
