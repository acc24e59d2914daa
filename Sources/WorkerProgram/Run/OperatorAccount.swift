import Glibc
import Platform

/// The account that runs a command, for the audit.
package enum OperatorAccount {
    /// The name of this process's user, such as `welkin`; if somebody logged in as another user, `alice as welkin`.
    package static var current: String {
        let passwords = text("/etc/passwd")
        let (user, login) = (name(of: geteuid(), in: passwords), UInt32(text("/proc/self/loginuid")))
        // The kernel sets the largest number where nobody logged in, such as for cron and systemd.
        guard let login, login != .max, login != geteuid() else { return user }
        return "\(name(of: login, in: passwords)) as \(user)"
    }

    /// A user's name, or `user id 1000`.
    package static func name(of user: UInt32) -> String { name(of: user, in: text("/etc/passwd")) }

    /// A user's name in the text of `/etc/passwd`, or `user id 1000`. `getpwuid` loads plug-ins, so it does not work
    /// in a static binary.
    package static func name(of user: UInt32, in passwords: String) -> String {
        for line in passwords.split(separator: "\n") {
            // name:password:number:…
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count >= 3, UInt32(fields[2]) == user, !fields[0].isEmpty { return String(fields[0]) }
        }
        return "user id \(user)"
    }

    private static func text(_ path: String) -> String {
        String(decoding: (try? Descriptor.readFile(path)) ?? [], as: UTF8.self)
    }
}
