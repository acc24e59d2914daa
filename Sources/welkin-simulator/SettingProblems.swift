import ArgumentParser
import Platform
import Simulator

/// Collects missing and invalid settings, so that all are reported at once.
struct SettingProblems {
    private var problems: [String] = []

    /// The value of an option or its variable; nil, and a problem, if neither is set.
    mutating func required(_ value: String?, _ option: String, _ variable: String) -> String? {
        guard let value = value ?? Environment.value(variable) else {
            problems.append("Missing: \(option), or \(variable) in the environment.")
            return nil
        }
        return value
    }

    /// Likewise, as a secret's bytes.
    mutating func secret(_ value: String?, _ option: String, _ variable: String) -> SigningSecret? {
        guard let text = required(value, option, variable) else { return nil }
        guard let bytes = ByteText.bytes(text) else {
            problems.append("Invalid base64 after base64: in \(option), or \(variable).")
            return nil
        }
        return SigningSecret(bytes)
    }

    /// The value made; nil, and a problem, if `make` throws.
    mutating func collect<Value>(_ make: () throws -> Value) -> Value? {
        do {
            return try make()
        } catch {
            problems.append("\(error)")
            return nil
        }
    }

    mutating func refuseRemote(_ address: ListenAddress) {
        guard !address.isLoopback else { return }
        problems.append("Other machines can reach \(address.host): add --allow-remote to allow that.")
    }

    /// The file of authorities that `SSL_CERT_FILE` names in place of the system's; nil if it is not set.
    mutating func authorities() -> String? {
        guard let path = Environment.value("SSL_CERT_FILE") else { return nil }
        if let problem = Authorities.problem(withFile: path) {
            problems.append("SSL_CERT_FILE in the environment: \(problem).")
        }
        return path
    }

    /// The value, if there were no problems.
    ///
    /// - Parameter value: nil only where there is a problem.
    /// - Throws: a `ValidationError` that lists all problems, if any.
    func sound<Value>(_ value: Value?) throws -> Value {
        if problems.count > 1 {
            let list = problems.map { "  \($0)" }.joined(separator: "\n")
            throw ValidationError("\(problems.count) settings are missing or invalid:\n\(list)")
        }
        guard let value, problems.isEmpty else { throw ValidationError(problems.first ?? "") }
        return value
    }
}
