import Glibc
package import Settings

/// What must not be in the folder that a web server serves, or be open to others, on a host that many share.
package enum ServedFolder {
    /// Why these files must not be used by a CGI program; nil if they may.
    ///
    /// - Parameters:
    ///   - files: stores, settings and keys, by their paths
    ///   - root: `DOCUMENT_ROOT`; nil if the web server does not tell
    package static func problem(with files: [String], root: String?) -> SettingsProblem? {
        let root = root.flatMap(resolved)
        for file in files {
            guard let path = resolved(file) else { continue }
            if let root, path == root || path.hasPrefix(root.hasSuffix("/") ? root : root + "/") {
                return SettingsProblem(
                    setting: "DOCUMENT_ROOT", problem: "\(path) is in the folder that the web server gives everybody",
                    remedy: "Move it out of \(root)")
            }
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
                return SettingsProblem(
                    setting: "WELKIN_CONFIG", problem: "others on this host can read \(path)",
                    remedy: "chmod 600 \(path)")
            }
        }
        return nil
    }

    /// With symbolic links resolved; of a file that does not exist, by its folder.
    private static func resolved(_ path: String) -> String? {
        if let found = unsafe realpath(path, nil) {
            defer { unsafe free(found) }
            return unsafe String(cString: found)
        }
        let (folder, name) = (path.split(separator: "/").dropLast(), path.split(separator: "/").last ?? "")
        guard !folder.isEmpty, let found = unsafe realpath("/" + folder.joined(separator: "/"), nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found) + "/" + name
    }
}
