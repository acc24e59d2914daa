import CLinux
import Glibc
import Platform

/// Lets a run that nobody waits for yield to the service that answers pages, and to everything else on the host.
package enum BackgroundPriority {
    private static let nice: Int32 = 10

    /// Raises the process's nice value to 10, unless it is higher. A run that has a session of its own, as cron and
    /// systemd make one, also raises the session's and keeps to half of the processors.
    ///
    /// Where the kernel shares processors out by session (`sched_autogroup`, sched(7)), the nice value of a process counts
    /// only within its own. Even then the service sometimes waited for 40 ms while a run used both of two processors.
    package static func enter() {
        let process = __priority_which_t(PRIO_PROCESS.rawValue)
        let processors = isOwnSession ? halfOfProcessors : nil
        Folder.forEachName(in: "/proc/self/task") { name in
            guard let thread = Int32(name) else { return }
            if getpriority(process, id_t(thread)) < nice { _ = setpriority(process, id_t(thread), nice) }
            if var processors {
                _ = unsafe sched_setaffinity(thread, MemoryLayout<cpu_set_t>.size, &processors)
            }
        }
        if processors != nil { setSessionNice() }
    }

    private static func setSessionNice() {
        let descriptor = unsafe open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let text = Array("\(nice)".utf8)
        _ = unsafe text.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress!, $0.count) }
    }

    /// Without a terminal, and led by this process or by cron's shell.
    private static var isOwnSession: Bool {
        let (leader, parent) = (getsid(0), getppid())
        let isShell = leader == parent && (try? Descriptor.readFile("/proc/\(parent)/comm")) == Array("sh\n".utf8)
        guard leader == getpid() || isShell else { return false }
        let terminal = unsafe open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return true }
        close(terminal)
        return false
    }

    /// The later half of those that this process may use; all of them if there is only one.
    private static var halfOfProcessors: cpu_set_t? {
        var set = cpu_set_t()
        guard unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return nil }
        unsafe withUnsafeMutableBytes(of: &set) { bytes in
            let allowed = unsafe bytes.indices.flatMap { byte in
                (0..<8).filter { unsafe bytes[byte] & 1 << $0 != 0 }.map { byte * 8 + $0 }
            }
            for processor in allowed.prefix(allowed.count / 2) {
                unsafe bytes[processor / 8] &= ~(1 << (processor % 8))
            }
        }
        return set
    }
}
