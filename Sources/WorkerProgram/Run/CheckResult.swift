import DataAPI

/// What `check` found.
package struct CheckResult: Sendable {
    /// One finding each, for the operator.
    package private(set) var lines: [String] = []
    /// The settings' code takes precedence, because settings are what the operator can fix.
    package private(set) var exitCode = ExitStatus.done

    package init() {}

    /// Something that works.
    package mutating func ok(_ text: String) { lines.append("ok       \(text)") }

    /// Something that works but should be fixed.
    package mutating func warning(_ text: String) { lines.append("warning  \(text)") }

    /// Something worth knowing.
    package mutating func note(_ text: String) { lines.append("note     \(text)") }

    /// Warns of a clock that is off, because then tokens are refused and replicas lag behind.
    ///
    /// - Parameter ahead: how far ours is ahead of Welkin's.
    package mutating func clock(ahead: Duration) {
        let seconds = ahead.components.seconds
        guard abs(seconds) > 60 else { return }
        let relation = seconds > 0 ? "ahead of" : "behind"
        warning("clock: this machine's is \(abs(seconds)) s \(relation) Welkin's; let NTP set it")
    }

    /// Something that must be fixed, with its remedy.
    package mutating func problem(_ text: String, _ code: Int32) {
        lines.append("problem  \(text)")
        if exitCode != ExitStatus.settings { exitCode = code }
    }

    /// A failed request, and what to do about it.
    package mutating func failure(_ error: any Error, _ subject: String) {
        guard let error = error as? DataAPIError else {
            return problem("\(subject): \(type(of: error))", ExitStatus.failed)
        }
        let (remedy, code) = error.cause.map { ($0.remedy, ExitStatus.failed) } ?? Self.remedy(error.code)
        problem("\(subject): \(error); \(remedy)", code)
    }

    private static func remedy(_ code: DataAPIError.Code) -> (String, Int32) {
        switch code {
        case .credentialsRefused, .unauthorized:
            (
                "check WELKIN_DATA_CLIENT_ID, WELKIN_DATA_CLIENT_SECRET, WELKIN_DATA_SCOPES and this machine's clock",
                ExitStatus.settings
            )
        case .forbidden:
            ("ask Welkin for the scope, or leave the resource out of WELKIN_RESOURCES", ExitStatus.settings)
        default: ("check that WELKIN_DATA_API_URL is right, and retry later", ExitStatus.failed)
        }
    }
}
