import Glibc

/// The name of a file until it is complete: `.NAME.welkin-worker-PID.partial`. It is hidden, so that collectors of
/// the folder's files ignore it, and recognizable as ours.
struct PartialName: Sendable {
    /// The folder of the file.
    let folder: String
    private let beginning: String

    private static let program = ".welkin-worker-"
    private static let end = ".partial"

    /// - Parameter path: the final path of the file.
    init(for path: String) {
        let (folder, name) = FilePath.split(path)
        self.folder = folder
        // A name has at most 255 bytes.
        beginning = "." + String(decoding: name.utf8.prefix(200), as: UTF8.self) + Self.program
    }

    /// A path for this process.
    ///
    /// - Parameter number: another number if a live process uses that name.
    func path(_ number: Int) -> String {
        "\(folder)/\(beginning)\(getpid())\(number == 0 ? "" : "-\(number)")\(Self.end)"
    }

    /// Removes the files of killed processes. A process locks its file for as long as it lives, so a file that can be
    /// locked is abandoned, even if another process has its number now.
    func sweep() {
        Folder.forEachName(in: folder) { name in
            if name.hasPrefix(beginning), name.hasSuffix(Self.end) { remove("\(folder)/\(name)") }
        }
    }

    private func remove(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return }
        unsafe unlink(path)
    }
}
