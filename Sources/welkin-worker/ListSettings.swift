import ArgumentParser
import Settings
import WorkerProgram

/// `welkin-worker settings`
struct ListSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Lists every setting, with its default and meaning.")

    @Flag(help: "Print a file of NAME=VALUE lines to fill in.")
    var envFile = false

    @Flag(help: "Print a Markdown table.")
    var markdown = false

    func validate() throws {
        guard !(envFile && markdown) else { throw ValidationError("--env-file and --markdown exclude each other.") }
    }

    func run() throws {
        let form: SettingsForm = envFile ? .environmentFile : markdown ? .markdown : .text
        try StandardStream.output.write(SettingsDocument(.worker).text(as: form))
    }
}
