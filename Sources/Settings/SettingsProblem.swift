/// One thing about the settings that an operator has to fix.
package struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    /// The setting: `WELKIN_APP_URL`.
    package let setting: String
    /// What is wrong; never with a secret in it.
    package let problem: String
    /// What to do.
    package let remedy: String

    package init(setting: String, problem: String, remedy: String) {
        self.setting = setting
        self.problem = problem
        self.remedy = remedy
    }

    /// One line for the operator.
    package var description: String { "\(setting): \(problem). \(remedy)\(remedy.hasSuffix("?") ? "" : ".")" }
}
