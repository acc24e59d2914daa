import Identifiers

/// The documentation of a program's settings, generated from the declarations.
package struct SettingsDocument: Sendable {
    private let program: Setting.Program
    private let settings: [Setting]

    package init(_ program: Setting.Program) {
        self.program = program
        settings = Setting.of(program)
    }

    /// For a terminal of 80 columns.
    package var text: String {
        let entries = settings.map { setting in
            "\(setting.name)\(Self.canDiffer(setting, program) ? " *" : "")\n"
                + Self.wrapped(Self.sentence(setting.documentation), width: 78, indent: "    ")
                + Self.wrapped("\(Self.plain(Self.holds(setting, program))).", width: 78, indent: "    ")
        }
        let example = (program == .launch ? Setting.providerID : .readable).name(for: AppName("video")!)
        return entries.joined(separator: "\n") + "\n* Can be set for one App: \(example).\n"
    }

    /// A Markdown table.
    package var markdown: String {
        var table = "| setting | default | meaning |\n|---|---|---|\n"
        for setting in settings {
            let mark = Self.canDiffer(setting, program) ? " *" : ""
            let range = Self.range(setting).map { "; \($0)" } ?? ""
            table +=
                "| `\(setting.name)`\(mark) | \(Self.standard(setting, program)) | \(setting.documentation)\(range) |\n"
        }
        return table
    }

    /// A file of `NAME=VALUE` lines to fill in. Optional settings are comments.
    package var environmentFile: String {
        let file = program == .launch ? "welkin.env" : "worker.env"
        var text = Self.wrapped(
            """
            Settings of \(program.rawValue): NAME=VALUE, as in systemd's EnvironmentFile. Copy it, fill in the lines \
            that are not comments, and protect it from others: mode 640, group welkin. The environment takes \
            precedence over this file. Put a comment on a line of its own; after a value it would be part of it.
            """, width: 98, indent: "# ")
        text += "#\n#   sudo -u welkin env WELKIN_CONFIG=/etc/welkin/\(file) \(program.rawValue) check\n#\n"
        text += "# lists every problem with it.\n"
        for setting in settings where setting != .config {
            let range = Self.range(setting).map { "; \($0)" } ?? ""
            let isRequired = Self.isRequired(setting, program)
            let value = setting.example ?? setting.standardValue ?? ""
            text += "\n" + Self.wrapped(Self.sentence("\(setting.documentation)\(range)"), width: 98, indent: "# ")
            text += "\(isRequired ? "" : "#")\(setting.name)=\(value)\n"
        }
        guard program == .launch else { return text }
        return text + """

            # A second App, named in WELKIN_APPS, can have settings of its own; for any other setting, the plain one
            # applies. An App with any credentials of its own uses no others.
            #WELKIN_VIDEO_APP_URL=https://app.example.org/launch/video
            #WELKIN_VIDEO_CLIENT_ID=
            #WELKIN_VIDEO_CLIENT_SECRET=

            """
    }

    /// The documentation in one of its forms.
    package func text(as form: SettingsForm) -> String {
        switch form {
        case .text: text
        case .markdown: markdown
        case .environmentFile: environmentFile
        }
    }

    /// Whether this program reads an App's own value of the setting.
    private static func canDiffer(_ setting: Setting, _ program: Setting.Program) -> Bool {
        setting.isPerApp && (program == .launch || setting.programs == [program])
    }

    private static func isRequired(_ setting: Setting, _ program: Setting.Program) -> Bool {
        setting.standard == .required || setting == .providerID && program == .worker
    }

    private static func standard(_ setting: Setting, _ program: Setting.Program) -> String {
        if isRequired(setting, program) { return "required" }
        return switch setting.standard {
        case .required: "required"
        case .none(let words): words
        case .value(let value): "`\(value)`"
        }
    }

    /// The default and the range.
    private static func holds(_ setting: Setting, _ program: Setting.Program) -> String {
        let standard =
            switch setting.standard {
            case _ where isRequired(setting, program): "Required"
            case .required: "Required"
            case .none("–"): "Not set by default"
            case .none(let words): "Default: \(words)"
            case .value(let value): "Default: \(value)"
            }
        return standard + (range(setting).map { "; \($0)" } ?? "")
    }

    private static func range(_ setting: Setting) -> String? {
        switch setting.form {
        case .number(let range, let unit): "\(range.lowerBound) to \(range.upperBound) \(unit)"
        case .choice(let words): words.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " or `\(words.last!)`"
        default: nil
        }
    }

    /// Removes Markdown's backquotes.
    private static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

    /// Adds a capital and a full stop; a name at the beginning stays as it is.
    private static func sentence(_ text: String) -> String {
        let plain = plain(text)
        return (text.hasPrefix("`") ? plain : plain.prefix(1).uppercased() + plain.dropFirst()) + "."
    }

    private static func wrapped(_ text: String, width: Int, indent: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { indent + $0 + "\n" }.joined()
    }
}

/// A form of the settings' documentation.
package enum SettingsForm: Sendable {
    case text
    case markdown
    case environmentFile
}
