/// How a record of Welkin differs from the one here.
package struct Difference: Hashable, Sendable {
    /// The kinds of difference.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is not here.
        case missing
        /// An older version is here.
        case stale
        /// A newer version is here.
        case newer
        /// The same version, or one without a date, has different bytes here.
        case different
        /// Here it is marked as deleted.
        case deleted
    }

    /// Its id, as text.
    package let id: String
    /// The kind of difference.
    package let kind: Kind

    /// A difference in the record with this id.
    package init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
    }
}
