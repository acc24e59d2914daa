package import Platform

/// Decides when settings have to be read again: a look at their files, at most once a second. A change that is a few
/// seconds old is reported at once; a newer one when the next look finds it unchanged, because somebody may still be
/// writing the file.
package struct FileWatch: Sendable {
    /// Their state at the last load.
    private var files: [WatchedFile]
    /// Their state at the last look, if it differed from that.
    private var changed: [WatchedFile]?

    /// For this many seconds after a change, somebody may still be writing the file.
    private static let settling: Int64 = 2

    package init(_ files: [WatchedFile]) { self.files = files }

    /// Whether the files have changed since the last load, and are complete.
    package mutating func hasChanged(now: UnixTime) -> Bool {
        let current = files.map(\.now)
        guard current != files else {
            changed = nil
            return false
        }
        let isSettled = zip(current, files).allSatisfy { file, before in
            file == before || file.stamp.map { $0.changed + Self.settling <= now.seconds } == true
        }
        guard isSettled || current == changed else {
            changed = current
            return false
        }
        changed = nil
        return true
    }

    /// They were read again; there may be others now.
    package mutating func loaded(_ files: [WatchedFile]) { self.files = files }
}

extension LoadedSettings {
    /// Logs why the settings are unusable.
    package func logProblems(of program: String) {
        for problem in problems {
            LogLine("settings", of: program).with("outcome", "unusable").with("setting", problem.setting)
                .with("problem", problem.problem).with("remedy", problem.remedy).write()
        }
    }
}
