package import Platform
package import Settings
import Tokens
import Glibc

/// A ``StateStore`` in a folder, with a file for each event. The file contains the time of the
/// event; its modification time is when the event may be forgotten.
///
/// The file is created under another name and then linked, which succeeds in exactly one of
/// several processes. A killed process leaves no file or a complete one.
package struct StateFolder: StateStore {
    /// A file that is not linked yet. One that a killed process left is swept like the others.
    private static let draftPrefix = "draft-"
    /// Seconds after which a draft is abandoned.
    private static let draftLifetime: Int64 = 60

    private let path: String

    /// - Parameter path: an existing folder on a local disk; `check` reports whether it is usable.
    package init(path: String) { self.path = path }

    /// Why the folder cannot be used; nil when it can.
    static func reasonUnusable(_ path: String) -> String? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return "\(SystemError.last)" }
        guard status.st_mode & S_IFMT == S_IFDIR else { return "it is not a folder" }
        guard !FileExposure.isWritableByOthers(status) else { return "others can write to it" }
        return unsafe access(path, R_OK | W_OK | X_OK) == 0 ? nil : "\(SystemError.last)"
    }

    /// Records the event, unless it was recorded before; see ``StateStore/first(_:now:expires:)``.
    package func first(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime? {
        // Occasionally, so that no request takes long and the folder stays small.
        if Random.bytes(1)[0] < 4 { sweep(now: now) }
        do {
            return try note(event, now: now, expires: expires)
        } catch {
            guard error.code == ENOSPC || error.code == EDQUOT else { throw error }
            // Expired files may be what fills the disk.
            sweep(now: now)
            return try note(event, now: now, expires: expires)
        }
    }

    private func note(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime? {
        let name = name(event)
        let draft = "\(path)/\(Self.draftPrefix)\(Hexadecimal.text(Random.bytes(8)[...]))"
        try write(draft, text: String(now.seconds), modified: expires)
        defer { unsafe unlink(draft) }
        if unsafe link(draft, name) == 0 { return nil }
        guard errno == EEXIST else { throw StateError(code: errno) }
        // If it was swept since, it was too old to matter.
        guard case .success(let file) = TextFile.read(name) else { return UnixTime(seconds: 0) }
        return UnixTime(seconds: Int64(file.text) ?? 0)
    }

    private func write(_ file: String, text: String, modified: UnixTime) throws(StateError) {
        let descriptor = unsafe open(file, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateError(code: errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let time = timespec(tv_sec: Int(modified.seconds), tv_nsec: 0)
        let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
        guard written == bytes.count, unsafe futimens(descriptor, [time, time]) == 0 else {
            let code = written == bytes.count ? errno : ENOSPC
            _ = unsafe unlink(file)
            throw StateError(code: code)
        }
    }

    /// Whether the event was recorded.
    package func happened(_ event: StateEvent) throws(StateError) -> Bool {
        if unsafe access(name(event), F_OK) == 0 { return true }
        // Only the file may be missing, not the folder.
        guard errno == ENOENT, unsafe access(path, X_OK) == 0 else { throw StateError(code: errno) }
        return false
    }

    /// Removes expired files.
    package func sweep(now: UnixTime) {
        Folder.forEachName(in: path) { name in
            var expiry = now
            if name.hasPrefix(Self.draftPrefix) {
                // Its expiry is not set yet, and it is about to be linked.
                expiry = expiry - Self.draftLifetime
            } else if !StateEvent.Kind.allCases.contains(where: { name.hasPrefix($0.rawValue + "-") }) {
                return
            }
            var status = stat()
            let file = "\(path)/\(name)"
            guard unsafe stat(file, &status) == 0, UnixTime(seconds: Int64(status.st_mtim.tv_sec)) <= expiry else {
                return
            }
            _ = unsafe unlink(file)
        }
    }

    private func name(_ event: StateEvent) -> String {
        "\(path)/\(event.kind.rawValue)-\(Hexadecimal.text(SHA256.hash(event.subject)[...]))"
    }
}

extension StateFolder {
    /// The folder that `WELKIN_STATE_DIR` names, if any; adds a problem to `source` if it is unusable.
    package static func path(from source: inout SettingsSource) -> String? {
        let (setting, path) = source.value(.stateFolder)
        guard let path else { return nil }
        if let reason = reasonUnusable(path) {
            let shown = SettingsSource.shown(path)
            source.problem(
                setting, "\(shown) cannot be used: \(reason)",
                "Create a folder that only this program's user can enter: install -d -m 700 "
                    + (shown == path ? path : "FOLDER"))
        }
        return path
    }
}
