/// A problem with the settings that an operator must fix.
package struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    /// The setting: `WELKIN_APP_URL`.
    package let setting: String
    /// The problem; never contains a secret.
    package let problem: String
    /// What to do about it.
    package let remedy: String

    package init(setting: String, problem: String, remedy: String) {
        self.setting = setting
        self.problem = problem
        self.remedy = remedy
    }

    /// One line for the operator.
    package var description: String { "\(setting): \(problem). \(remedy)\(remedy.hasSuffix("?") ? "" : ".")" }
}
