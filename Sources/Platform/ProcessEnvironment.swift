import CLinux
import Glibc

/// The environment of this process at its start.
package enum ProcessEnvironment {
    /// The variables whose names begin with `prefix`.
    package static func variables(prefix: String) -> [String: String] {
        var variables: [String: String] = [:]
        guard var entry = unsafe welkin_environment() else { return [:] }
        while let text = unsafe entry.pointee {
            unsafe entry += 1
            // Most of the environment is not ours: check before creating a string.
            guard unsafe strncmp(text, prefix, prefix.utf8.count) == 0 else { continue }
            let pair = unsafe String(cString: text)
            guard let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
            variables[String(pair[..<equals])] = String(Substring(pair.utf8[equals...].dropFirst()))
        }
        return variables
    }

    /// The value of one variable; nil when it is not set or empty.
    package static func variable(_ name: String) -> String? {
        variables(prefix: name + "=")[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
