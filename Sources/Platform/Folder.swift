import Glibc

/// Folders.
package enum Folder {
    /// Calls `body` with the name of each entry, in no order, also of `.` and `..`; not at all if the folder cannot be
    /// read. What `body` removes or adds may still be among them.
    package static func forEachName(in path: String, _ body: (_ name: String) -> Void) {
        guard let folder = unsafe opendir(path) else { return }
        defer { unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            body(
                unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
    }
}
