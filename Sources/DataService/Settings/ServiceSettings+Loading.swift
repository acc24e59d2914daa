import Foundation
package import Identifiers
import Records
import Sessions
package import Settings

extension ServiceSettings {
    /// Nil, with problems in `source`, when a setting is invalid or missing.
    ///
    /// - Parameter provider: the replica's
    package init?(from source: inout SettingsSource, provider: ProviderID) {
        let notes = Self.notes(&source)
        let apps = AppName.deployed(&source).compactMap { name -> ServiceApp? in
            guard let policy = SessionPolicy(app: name, from: &source) else { return nil }
            return ServiceApp(policy: policy, readable: Self.readable(name, noteType: notes?.type, &source))
        }
        let keys = SessionKeys(from: &source)
        let stateFolder = StateFolder.path(from: &source)
        let access = AccessMode(rawValue: source.choice(.access))
        let schedule = source.choice(.schedule)
        let timeZone = Self.timeZone(&source)
        let staleAfter = source.number(.staleAfter)
        guard let keys, let access, let timeZone, !apps.isEmpty else { return nil }
        self.init(
            apps: apps, keys: keys, stateFolder: stateFolder, provider: provider, access: access,
            showsSchedule: schedule == "own", notes: notes, timeZone: timeZone, staleAfter: Int64(staleAfter))
    }

    private static func notes(_ source: inout SettingsSource) -> NoteMapping? {
        let (setting, words) = source.words(.noteFields)
        guard let type = source.value(.noteType).value else {
            if source.value(.noteFields).value != nil {
                source.problem(
                    setting, "\(Setting.noteType.name) is not set",
                    "Name the custom data type of your notes, or leave both out")
            }
            return nil
        }
        do throws(NoteMapping.InvalidField) {
            return try NoteMapping(type: type, fields: words)
        } catch {
            let names = NoteMapping.names.map { "\($0)=…" }.joined(separator: ", ")
            switch error {
            case .noText: source.problem(setting, "it does not say which member is the text", "Add text=MEMBER")
            case .word(let number):
                source.problem(
                    setting, "word \(number) of it is none of \(names), or appears twice",
                    "Write it like \(Setting.noteFields.example ?? "")")
            }
            return nil
        }
    }

    private static func timeZone(_ source: inout SettingsSource) -> String? {
        let (setting, value) = source.value(.timeZone)
        guard let name = value ?? Setting.timeZone.standardValue, TimeZone(identifier: name) != nil else {
            source.problem(
                setting, "it is not a time zone of this machine", "Use a name such as \(Setting.timeZone.example ?? "")"
            )
            return nil
        }
        return name
    }

    private static func readable(
        _ app: AppName, noteType: String?, _ source: inout SettingsSource
    ) -> ReadableFields {
        guard source.value(.readable, app: app).value != nil else { return .standard(noteType: noteType) }
        let (setting, words) = source.words(.readable, app: app)
        var fields: [String: Set<String>?] = [:]
        for (index, word) in words.enumerated() {
            let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let resource = Catalogue.resource(named: parts[0]) else {
                source.problem(
                    setting, "word \(index + 1) of it does not begin with a resource of the catalogue",
                    Suggestion.nearest(to: parts[0], among: Catalogue.resources.map(\.name)).map {
                        "Did you mean \($0)?"
                    }
                        ?? "Use names that welkin-worker schema prints")
                continue
            }
            guard parts.count == 2 else {
                fields[resource.name] = .some(nil)
                continue
            }
            guard resource.field(parts[1]) != nil else {
                source.problem(
                    setting, "word \(index + 1) of it names no field of \(resource.name)",
                    Suggestion.nearest(to: parts[1], among: resource.fields.map(\.name)).map { "Did you mean \($0)?" }
                        ?? "Use columns that welkin-worker schema \(resource.name) prints")
                continue
            }
            if fields[resource.name] == nil { fields[resource.name] = [] }
            fields[resource.name]??.insert(parts[1])
        }
        return ReadableFields(fields)
    }
}
