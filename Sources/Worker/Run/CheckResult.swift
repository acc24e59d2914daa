internal import DataAPI

/// What `check` found.
package struct CheckResult: Sendable {
    /// For the operator, a thing each.
    package var lines: [String] = []
    /// The settings' code goes before others: they are what the operator can mend.
    package private(set) var exitCode = ExitStatus.done

    package init() {}

    /// Something that has to be put right, with its remedy.
    package mutating func problem(_ text: String, _ code: Int32) {
        lines.append("problem  \(text)")
        if exitCode != ExitStatus.settings { exitCode = code }
    }

    /// What a request failed with, and what to do about it.
    package mutating func failure(_ error: any Error, _ subject: String) {
        guard let error = error as? DataAPIError else {
            return problem("\(subject): \(type(of: error))", ExitStatus.failed)
        }
        let (remedy, code) = Self.remedy(error.code)
        problem("\(subject): \(error); \(remedy)", code)
    }

    private static func remedy(_ code: DataAPIError.Code) -> (String, Int32) {
        switch code {
        case .credentialsRefused, .unauthorized:
            (
                "look at WELKIN_DATA_CLIENT_ID, WELKIN_DATA_CLIENT_SECRET, WELKIN_DATA_SCOPES and this machine's clock",
                ExitStatus.settings
            )
        case .forbidden:
            ("ask Welkin for the scope, or leave the resource out of WELKIN_RESOURCES", ExitStatus.settings)
        case .connection, .timedOut:
            ("look at WELKIN_DATA_API_URL, the network and its firewall", ExitStatus.failed)
        default: ("look whether WELKIN_DATA_API_URL is right, and try again later", ExitStatus.failed)
        }
    }
}
