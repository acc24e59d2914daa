import Platform

/// How many pages can wait for changes behind nginx: each keeps two of its connections, one to the browser and one to
/// `serve` (`worker_connections`, for each of its worker processes).
package enum WaitingCapacity {
    /// nginx's main file on Debian. Files that it includes cannot have `events`.
    package static let configuration = "/etc/nginx/nginx.conf"
    /// For a thousand pages.
    private static let advised = 4096
    /// nginx's own, where the file says nothing.
    private static let fallback = 512

    /// Nil if nginx has enough connections, or is not on this host.
    package static func warning() -> String? {
        guard case .success(let file) = TextFile.read(configuration) else { return nil }
        return warning(for: file.text)
    }

    /// - Parameter text: nginx's main file
    package static func warning(for text: String) -> String? {
        let count = connections(in: text) ?? fallback
        guard count < advised else { return nil }
        return """
            \(configuration) lets \(count / 2) pages wait for changes in each worker process of nginx; write \
            worker_connections \(advised); there for a thousand
            """
    }

    private static func connections(in text: String) -> Int? {
        let code = text.split(separator: "\n").map { $0.prefix { $0 != "#" } }.joined(separator: " ")
        let words = code.split { $0.isWhitespace || "{};".contains($0) }
        return words.firstIndex(of: "worker_connections").flatMap { words.dropFirst($0 + 1).first }.flatMap { Int($0) }
    }
}
