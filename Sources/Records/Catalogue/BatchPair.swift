/// Records of one resource that can be created in the same POST as a record of another; either all
/// of them are created, or none.
public struct BatchPair: Sendable, Hashable {
    /// The posted resource.
    public let base: String
    /// The resource of the records inside.
    public let sub: String
    /// The member of the body that holds them.
    public let key: String
    /// Whether the member is a list (one to many) or one object (one to one).
    public let isMany: Bool

    init(_ base: String, _ sub: String, _ key: String, isMany: Bool) {
        self.base = base
        self.sub = sub
        self.key = key
        self.isMany = isMany
    }

    /// The parameters that would point from one record to the other, and that Welkin fills in: in
    /// the records inside if there can be many of them, otherwise in the one outside.
    public var pointers: [String] {
        let pointing = isMany ? sub : base
        if pointing == "external_ids" { return ["resource", "welkin_id"] }
        guard isMany else { return ["\(key)_id"] }
        let inverse = Catalogue.batchPairs.first { $0.base == sub && $0.sub == base }
        return inverse.map { ["\($0.key)_id"] } ?? []
    }
}
