import Glibc

/// The arguments that this process was started with.
///
/// Swift's own `CommandLine` always collects them at process start, by reading `/proc/self/maps`.
/// `scripts/build` leaves that start-up code out of the binary, because a CGI process, which must
/// not look at its arguments at all, would pay for it on every launch.
enum ProcessArguments {
    /// The arguments after the program's name; empty where `/proc` is not mounted.
    static func read() -> [String] {
        let descriptor = unsafe open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            guard !piece.isEmpty else { break }
            bytes += piece
        }
        // Each argument ends with a zero byte, even an empty one (proc_pid_cmdline(5)).
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().dropFirst()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
