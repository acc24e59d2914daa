internal import Launch

/// What the program says about itself.
enum HelpText {
    static let version = "0.1.0"

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
          reasons                      every reason code of the log, with what it means
          --version, --help

        Settings come from the environment and from the file that WELKIN_CONFIG names; the README has
        their table. SIGTERM answers what has come in, then ends.

        """

    static var reasons: String {
        let width = LaunchRefusal.allCases.map(\.rawValue.utf8.count).max() ?? 0
        return LaunchRefusal.allCases.map { reason in
            let padding = String(repeating: " ", count: width - reason.rawValue.utf8.count + 2)
            return reason.rawValue + padding + reason.explanation + "\n"
        }.joined()
    }
}
