import FastCGI
import Launch
import Sessions

/// The texts of `--help` and `reasons`.
enum HelpText {
    static let usage = """
        welkin-launch: verifies Welkin's launch tokens and shows the App.

        Under a web server:
          (no arguments)               FastCGI when standard input is a listening socket (spawn-fcgi,
                                       systemd, mod_fcgid); CGI when GATEWAY_INTERFACE is set
          --listen unix:PATH           FastCGI on a socket of its own
            --mode 0660                permissions of the socket
            --group NAME               group of the socket, by name or number
          --threads N                  how many requests to answer at once (32)

        For the operator:
          check                        lists every problem in the settings, with its remedy; exits with 1 if
                                       it finds any
          inspect [--app NAME]         reads a token from standard input and reports, as JSON, whether it
            [--show-claims]            would launch the App now, or why not; exits with 1 if not
          generate-key                 prints a new key for WELKIN_SESSION_KEY
          settings                     lists every setting, its default and meaning; [--env-file] as a
                                       file to fill in, [--markdown] as a table
          reasons                      lists every reason code in the log, with its meaning; [--markdown]
          completion bash|zsh|fish     prints a script that completes commands and options in the shell
          --version, --help

        Settings come from the environment and from the file that WELKIN_CONFIG names.
        On SIGTERM, the program answers the requests it has received, then exits.

        """

    /// Every reason code in the log with its explanation, for a terminal.
    static var reasons: String {
        lines("event=launch", LaunchRefusal.allCases.map { ($0.rawValue, $0.explanation) }) + "\n"
            + lines("event=session", SessionRefusal.allCases.map { ($0.rawValue, $0.explanation) }) + "\n"
            + lines("event=fastcgi", ConnectionRefusal.allCases.map { ($0.rawValue, $0.explanation) })
    }

    private static func lines(_ event: String, _ reasons: [(code: String, explanation: String)]) -> String {
        let width = reasons.map(\.code.utf8.count).max() ?? 0
        return event + "\n"
            + reasons.map { code, explanation in
                "  " + code + String(repeating: " ", count: width - code.utf8.count + 2) + explanation + "\n"
            }.joined()
    }

    /// The same as Markdown tables.
    static var reasonsTables: String {
        [
            table(
                "| launch reason | status | meaning |\n|---|---|---|\n",
                LaunchRefusal.allCases.map { "`\($0.rawValue)` | \($0.status) | \($0.explanation)" }),
            table(
                "| session reason | the page receives | meaning |\n|---|---|---|\n",
                SessionRefusal.allCases.map { "`\($0.rawValue)` | `\($0.public)` | \($0.explanation)" }),
            table(
                "| connection reason | meaning |\n|---|---|\n",
                ConnectionRefusal.allCases.map { "`\($0.rawValue)` | \($0.explanation)" }),
        ].joined(separator: "\n")
    }

    private static func table(_ head: String, _ rows: [String]) -> String {
        head + rows.map { "| \($0) |\n" }.joined()
    }
}
