import FastCGI
import Launch
import Sessions

/// What the program says about itself.
enum HelpText {
    static let usage = """
        welkin-launch: verifies Welkin's launch tokens and shows the App.

        Under a web server:
          (no arguments)               FastCGI when standard input is a listening socket (spawn-fcgi,
                                       systemd, mod_fcgid); CGI when GATEWAY_INTERFACE is set
          --listen unix:PATH           FastCGI on a socket of its own
            --mode 0660                permissions of the socket
            --group NAME               group of the socket, by name or number
          --threads N                  how many requests are answered at once (32)

        For the operator:
          check                        every problem of the settings, with its remedy; 1 if there is any
          inspect [--app NAME]         reads a token from standard input and says, as JSON, whether it
            [--show-claims]            would launch the App now and why not; 1 if it would not
          generate-key                 prints a new key for WELKIN_SESSION_KEY
          settings                     every setting, with its default and meaning; [--env-file] as a
                                       file to fill in, [--markdown] as a table
          reasons                      every reason code of the log, with what it means; [--markdown]
          completion bash|zsh|fish     prints a script that completes commands and options in the shell
          --version, --help

        Settings come from the environment and from the file that WELKIN_CONFIG names. SIGTERM answers what has come in, then ends.

        """

    /// Every reason of the log with what it means, for a terminal.
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

    /// The same as tables in Markdown.
    static var reasonsTables: String {
        [
            table(
                "| reason of a launch | status | what it means |\n|---|---|---|\n",
                LaunchRefusal.allCases.map { "`\($0.rawValue)` | \($0.status) | \($0.explanation)" }),
            table(
                "| reason of a session | the page is told | what it means |\n|---|---|---|\n",
                SessionRefusal.allCases.map { "`\($0.rawValue)` | `\($0.public)` | \($0.explanation)" }),
            table(
                "| reason of a connection | what it means |\n|---|---|\n",
                ConnectionRefusal.allCases.map { "`\($0.rawValue)` | \($0.explanation)" }),
        ].joined(separator: "\n")
    }

    private static func table(_ head: String, _ rows: [String]) -> String {
        head + rows.map { "| \($0) |\n" }.joined()
    }
}
