import FastCGI
import Glibc
import Launch
import Platform
import Sessions
import Settings

/// The command on the command line.
enum Command {
    case check
    case inspect(app: String, showsClaims: Bool)
    case generateKey
    case reasons(isMarkdown: Bool)
    case settings(SettingsForm)
    case completion(Completion.Shell)
    case version
    case help
    case serve(Listening)

    /// Where to listen, and with how many threads.
    struct Listening {
        /// Nil for the socket on standard input.
        var path: String?
        var mode: UInt32 = 0o660
        var group: String?
        var threads = Arguments.standardThreads
    }

    func run() -> Int32 {
        switch self {
        case .check: return CheckCommand.run()
        case .inspect(let app, let showsClaims): return InspectCommand.run(app: app, showsClaims: showsClaims)
        case .generateKey: return StandardStreams.output(SessionKeys.newKey() + "\n")
        case .reasons(let isMarkdown):
            return StandardStreams.output(isMarkdown ? HelpText.reasonsTables : HelpText.reasons)
        case .settings(let form): return StandardStreams.output(SettingsDocument(.launch).text(as: form))
        case .completion(let shell): return StandardStreams.output(Completion.script(for: shell))
        case .version: return StandardStreams.output("welkin-launch \(Version.text)\n")
        case .help: return StandardStreams.output(HelpText.usage)
        case .serve(let listening): return ServeCommand.listen(listening)
        }
    }
}

/// Reads the command line by hand: an argument parser would bring Foundation with it.
enum Arguments {
    static let standardThreads = 32

    struct Problem: Error { let text: String }

    static func parse(_ arguments: [String]) -> Result<Command, Problem> {
        guard let first = arguments.first else {
            return .failure(Problem(text: "not started by a web server, and no command given"))
        }
        let rest = Array(arguments.dropFirst())
        switch first {
        case "inspect": return inspect(rest)
        case "check": return alone(.check, rest)
        case "generate-key": return alone(.generateKey, rest)
        case "reasons": return reasons(rest)
        case "settings": return settings(rest)
        case "completion": return completion(rest)
        case "--version": return alone(.version, rest)
        case "--help", "-h", "help": return alone(.help, rest)
        case _ where first.hasPrefix("--"): return serve(arguments)
        default: return .failure(Problem(text: "unknown command \(first)"))
        }
    }

    private static func alone(_ command: Command, _ rest: [String]) -> Result<Command, Problem> {
        guard let extra = rest.first else { return .success(command) }
        return .failure(Problem(text: "unexpected argument \(extra)"))
    }

    private static func reasons(_ arguments: [String]) -> Result<Command, Problem> {
        switch arguments {
        case []: .success(.reasons(isMarkdown: false))
        case ["--markdown"]: .success(.reasons(isMarkdown: true))
        default: .failure(Problem(text: "reasons takes only --markdown"))
        }
    }

    private static func settings(_ arguments: [String]) -> Result<Command, Problem> {
        switch arguments {
        case []: .success(.settings(.text))
        case ["--markdown"]: .success(.settings(.markdown))
        case ["--env-file"]: .success(.settings(.environmentFile))
        default: .failure(Problem(text: "settings takes only --markdown or --env-file"))
        }
    }

    private static func completion(_ arguments: [String]) -> Result<Command, Problem> {
        guard arguments.count == 1, let shell = Completion.Shell(rawValue: arguments[0]) else {
            return .failure(Problem(text: "completion takes the name of a shell: bash, zsh or fish"))
        }
        return .success(.completion(shell))
    }

    private static func inspect(_ arguments: [String]) -> Result<Command, Problem> {
        var app = "main"
        var showsClaims = false
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--show-claims": showsClaims = true
            case "--app":
                guard let value = rest.popFirst() else { return .failure(Problem(text: "--app needs a name")) }
                app = value
            default: return .failure(Problem(text: "inspect has no option \(option)"))
            }
        }
        return .success(.inspect(app: app, showsClaims: showsClaims))
    }

    private static func serve(_ arguments: [String]) -> Result<Command, Problem> {
        var listening = Command.Listening()
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard ["--listen", "--mode", "--group", "--threads"].contains(option) else {
                return .failure(Problem(text: "unknown option \(option)"))
            }
            guard let value = rest.popFirst() else { return .failure(Problem(text: "\(option) needs a value")) }
            if let problem = set(option, value, &listening) { return .failure(Problem(text: problem)) }
        }
        if listening.path == nil, !ListeningSocket.isInherited {
            return .failure(Problem(text: "standard input is not a listening socket; name one with --listen unix:PATH"))
        }
        return .success(.serve(listening))
    }

    /// - Returns: the problem with the value; nil when it is valid.
    private static func set(_ option: String, _ value: String, _ listening: inout Command.Listening) -> String? {
        switch option {
        case "--listen":
            guard value.hasPrefix("unix:"), value.utf8.count > 5 else {
                return "--listen takes unix:PATH; a TCP port would let anybody act as the web server"
            }
            listening.path = String(value.dropFirst(5))
        case "--mode":
            guard let mode = UInt32(value, radix: 8), mode <= 0o777 else {
                return "--mode takes an octal number such as 0660"
            }
            listening.mode = mode
        case "--group": listening.group = value
        default:
            guard let threads = Int(value), (1...1024).contains(threads) else {
                return "--threads takes a number from 1 to 1024"
            }
            listening.threads = threads
        }
        return nil
    }
}
