import CFastCGI
import CLinux
import Glibc

/// One-time set-up of libfcgi and the C library in a server process.
enum LibraryState {
    static func prepare() {
        // Before FCGX_Init, which installs its own handlers where none exist.
        _ = signal(SIGPIPE, SIG_IGN)
        _ = FCGX_Init()
        // glibc creates up to eight arenas per processor, which keep freed memory: fewer are enough.
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
    /// How long a request may take to arrive, in seconds; web servers send it at once.
    static let patience = 10.0
    /// The same while the process stops.
    static let lastPatience = 2.0

    static func set(_ connection: Int32) {
        // A web server that stalls in a request or an answer must not occupy a thread for ever.
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        limit = timeval(tv_sec: tick, tv_usec: 0)
        _ = unsafe setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }
}
