import ArgumentParser
import Settings
import WorkerProgram

/// `welkin-worker settings`
struct ListSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Lists every setting, with its default and meaning.")

    @Flag(help: "As a file of NAME=VALUE lines, to be filled in.")
    var envFile = false

    @Flag(help: "As a table in Markdown.")
    var markdown = false

    func validate() throws {
        guard !(envFile && markdown) else { throw ValidationError("--env-file and --markdown exclude each other.") }
    }

    func run() throws {
        let form: SettingsForm = envFile ? .environmentFile : markdown ? .markdown : .text
        try StandardStream.output.write(SettingsDocument(.worker).text(as: form))
    }
}
