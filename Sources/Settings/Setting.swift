package import Identifiers

/// One setting, declared once: from the declarations come the loaders' defaults and ranges, the check for mistyped
/// names, the `*.env.example` files and the tables of the documentation.
package struct Setting: Sendable, Hashable {
    /// Who reads it.
    package enum Program: String, Sendable, CaseIterable {
        case launch = "welkin-launch"
        case worker = "welkin-worker"
    }

    /// What its value is.
    package enum Form: Sendable, Hashable {
        case text
        /// A whole number in a range, and what it counts: `seconds`.
        case number(ClosedRange<Int>, of: String)
        case onOff
        /// Several, with commas or blanks between them.
        case words
        case file
        case folder
        /// Printed nowhere.
        case secret
    }

    /// What holds where it is not set.
    package enum Standard: Sendable, Hashable {
        case required
        /// Nothing, or what these words say.
        case none(String)
        case value(String)
    }

    /// As in the environment: `WELKIN_SESSION_IDLE`.
    package let name: String
    package let programs: [Program]
    /// Whether an App can have its own, such as `WELKIN_VIDEO_SESSION_IDLE`.
    package let isPerApp: Bool
    package let form: Form
    package let standard: Standard
    /// For the `*.env.example` files; nil for the default.
    package let example: String?
    /// What it is for, in Markdown, without default and range.
    package let documentation: String

    init(
        _ name: String, of programs: Program..., perApp isPerApp: Bool = false, as form: Form,
        default standard: Standard,
        example: String? = nil, _ documentation: String
    ) {
        self.name = name
        self.programs = programs
        self.isPerApp = isPerApp
        self.form = form
        self.standard = standard
        self.example = example
        self.documentation = documentation
    }

    package var isSecret: Bool { form == .secret }

    /// What holds where it is not set; nil where nothing does.
    package var standardValue: String? {
        guard case .value(let value) = standard else { return nil }
        return value
    }

    /// As an App of this name can have it for itself: `WELKIN_VIDEO_ISSUER`.
    package func name(for app: AppName) -> String {
        let words = app.text.uppercased().map { $0 == "-" ? "_" : $0 }
        return Self.prefix + words + "_" + name.dropFirst(Self.prefix.count)
    }

    /// How the names of this project's own settings begin.
    package static let prefix = "WELKIN_"

    /// All of them, in the order in which they are documented.
    package static let all = launchSettings + workerSettings

    /// Those that a program reads.
    package static func of(_ program: Program) -> [Setting] { all.filter { $0.programs.contains(program) } }
}
