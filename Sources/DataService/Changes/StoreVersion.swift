/// How far the stores have come: opaque for the page.
package struct StoreVersion: Sendable, Hashable {
    /// The replica's id; nil while there is none.
    let store: String?
    /// The number of its last change.
    let number: Int64

    package init(store: String?, number: Int64) {
        self.store = store
        self.number = number
    }

    /// Nil unless it is a version's ``text``.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 80, parts.count == 2, let number = Int64(parts[1]), number >= 0 else { return nil }
        store = parts[0] == "none" ? nil : String(parts[0])
        self.number = number
    }

    var text: String { "\(store ?? "none").\(number)" }
}
