internal import CLinux

/// The environment that this process was started with.
public enum ProcessEnvironment {
    /// The variables whose names begin with `prefix`.
    public static func variables(prefix: String) -> [String: String] {
        var variables: [String: String] = [:]
        guard var entry = unsafe welkin_environment() else { return [:] }
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if pair.hasPrefix(prefix), let equals = pair.firstIndex(of: "=") {
                variables[String(pair[..<equals])] = String(pair[equals...].dropFirst())
            }
            unsafe entry += 1
        }
        return variables
    }
}
