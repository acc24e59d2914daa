/// Scripts that complete this program's commands and options in a shell.
enum Completion {
    enum Shell: String, CaseIterable {
        case bash, zsh, fish
    }

    /// Each command with its options and arguments.
    private static let commands: [(name: String, words: String, help: String)] = [
        ("check", "", "list every problem in the settings, with its remedy"),
        ("inspect", "--app --show-claims", "report whether a token would launch the App"),
        ("generate-key", "", "print a new session key"),
        ("settings", "--env-file --markdown", "list every setting"),
        ("reasons", "--markdown", "list every reason code in the log"),
        ("completion", "bash zsh fish", "print a completion script for a shell"),
    ]
    private static let options = "--listen --mode --group --threads --version --help"

    static func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        }
    }

    private static var bash: String {
        let cases = commands.map { "        \($0.name)) words=\"\($0.words)\" ;;\n" }.joined()
        return """
            _welkin_launch() {
                local words
                case ${COMP_WORDS[1]} in
            \(cases)        *) words="\(commands.map(\.name).joined(separator: " ")) \(options)" ;;
                esac
                [ "$COMP_CWORD" -gt 1 ] || words="\(commands.map(\.name).joined(separator: " ")) \(options)"
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
            }
            complete -F _welkin_launch welkin-launch

            """
    }

    private static var zsh: String {
        let described = commands.map { "        '\($0.name):\($0.help)'\n" }.joined()
        let cases = commands.map { "        \($0.name)) compadd -- \($0.words) ;;\n" }.joined()
        return """
            #compdef welkin-launch
            local -a commands
            if (( CURRENT == 2 )); then
                commands=(
            \(described)    )
                _describe command commands
                compadd -- \(options)
                return
            fi
            case ${words[2]} in
            \(cases)        *) compadd -- \(options) ;;
            esac

            """
    }

    private static var fish: String {
        let lines = commands.map { name, words, help in
            "complete -c welkin-launch -f -n __fish_use_subcommand -a \(name) -d '\(help)'\n"
                + (words.isEmpty
                    ? "" : "complete -c welkin-launch -f -n '__fish_seen_subcommand_from \(name)' -a '\(words)'\n")
        }
        return lines.joined() + "complete -c welkin-launch -n __fish_use_subcommand -a '\(options)'\n"
    }
}
