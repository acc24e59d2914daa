import CFastCGI
import CLinux
import Glibc

/// What libfcgi and the C library need once in a process that serves.
enum LibraryState {
    static func prepare() {
        // Before FCGX_Init, which installs handlers of its own where there are none.
        _ = signal(SIGPIPE, SIG_IGN)
        _ = FCGX_Init()
        // glibc makes up to eight arenas a processor, which keep what was freed: fewer will do.
        _ = mallopt(M_ARENA_MAX, 4)
        raiseDescriptorLimit()
    }

    /// Each connection is a descriptor; systemd's soft limit is 1,024, the hard one 524,288.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Options of an accepted connection.
enum ConnectionOptions {
    /// How long one read waits, in seconds.
    static let tick = 1
    /// How long a request may take to arrive, in seconds; web servers send it in one go.
    static let patience = 10.0
    /// The same when the process is about to end.
    static let lastPatience = 2.0

    static func set(_ connection: Int32) {
        // A web server that stops in mid-request or in mid-answer must not keep a thread for ever.
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        limit = timeval(tv_sec: tick, tv_usec: 0)
        _ = unsafe setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }
}
