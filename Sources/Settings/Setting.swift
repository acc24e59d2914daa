package import Identifiers

/// One setting, declared once. The declarations supply the loaders' defaults and ranges, the check for mistyped
/// names, the `*.env.example` files and the tables of the documentation.
package struct Setting: Sendable, Hashable {
    /// A program that reads it.
    package enum Program: String, Sendable, CaseIterable {
        case launch = "welkin-launch"
        case worker = "welkin-worker"
    }

    /// The form of its value.
    package enum Form: Sendable, Hashable {
        case text
        /// A whole number in a range, and its unit: `seconds`.
        case number(ClosedRange<Int>, of: String)
        case onOff
        /// One of these words.
        case choice([String])
        /// Several words, separated by commas or blanks.
        case words
        case file
        case folder
        /// Never printed.
        case secret
    }

    /// The meaning of leaving it out.
    package enum Standard: Sendable, Hashable {
        case required
        /// No value; the words describe the effect.
        case none(String)
        case value(String)
    }

    /// The name in the environment: `WELKIN_SESSION_IDLE`.
    package let name: String
    package let programs: [Program]
    /// Whether an App can have its own, such as `WELKIN_VIDEO_SESSION_IDLE`.
    package let isPerApp: Bool
    package let form: Form
    package let standard: Standard
    /// The value in the `*.env.example` files; nil for the default.
    package let example: String?
    /// Its purpose, in Markdown, without default and range.
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

    /// The default value; nil without one.
    package var standardValue: String? {
        guard case .value(let value) = standard else { return nil }
        return value
    }

    /// The name of an App's own setting: `WELKIN_VIDEO_ISSUER`.
    package func name(for app: AppName) -> String {
        let words = app.text.uppercased().utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
        return "\(Self.prefix)\(String(decoding: words, as: UTF8.self))_\(name.dropFirst(Self.prefix.count))"
    }

    /// The prefix of this project's own settings.
    package static let prefix = "WELKIN_"

    /// All settings, in the order of the documentation.
    package static let all = launchSettings + workerSettings

    /// The settings that a program reads.
    package static func of(_ program: Program) -> [Setting] { all.filter { $0.programs.contains(program) } }
}
