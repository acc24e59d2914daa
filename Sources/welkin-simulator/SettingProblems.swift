import ArgumentParser
import Platform
import Simulator

/// Collects what is missing or wrong, so that all of it is said at once.
struct SettingProblems {
    private var problems: [String] = []

    /// What an option or its variable says; nil, and a problem, where neither says anything.
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
            problems.append("Not base64 after base64: in \(option), or \(variable).")
            return nil
        }
        return SigningSecret(bytes)
    }

    /// What is made; nil, and a problem, where that throws.
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
        problems.append("\(address.host) is not this machine alone: add --allow-remote to mean it.")
    }

    /// The file of authorities that `SSL_CERT_FILE` names in place of the system's; nil where it is not set.
    mutating func authorities() -> String? {
        guard let path = Environment.value("SSL_CERT_FILE") else { return nil }
        if let problem = Authorities.problem(withFile: path) {
            problems.append("SSL_CERT_FILE in the environment: \(problem).")
        }
        return path
    }

    /// What was taken, where nothing is wrong.
    ///
    /// - Parameter value: nil only where there is a problem.
    /// - Throws: a `ValidationError` with all of them, where there are any.
    func sound<Value>(_ value: Value?) throws -> Value {
        if problems.count > 1 {
            let list = problems.map { "  \($0)" }.joined(separator: "\n")
            throw ValidationError("\(problems.count) settings are missing or wrong:\n\(list)")
        }
        guard let value, problems.isEmpty else { throw ValidationError(problems.first ?? "") }
        return value
    }
}
