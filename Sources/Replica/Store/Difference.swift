/// How a record that Welkin has differs from what is here.
package struct Difference: Hashable, Sendable {
    /// The kinds of difference.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is not here.
        case missing
        /// An older version is here.
        case stale
        /// A newer version is here.
        case newer
        /// As old, or without a date, and other bytes are here.
        case different
        /// Here it is marked as deleted.
        case deleted
    }

    /// Its id, as text.
    package let id: String
    /// What differs.
    package let kind: Kind

    /// A difference in the record with this id.
    package init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
    }
}
