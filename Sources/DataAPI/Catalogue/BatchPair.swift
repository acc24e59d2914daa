/// Records of one resource that can be made in the same POST as a record of another; all of them
/// are made, or none.
public struct BatchPair: Sendable, Hashable {
    /// The resource that is posted.
    public let base: String
    /// The resource whose records stand inside.
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
    /// the records inside where there are many of them, else in the one outside.
    public var pointers: [String] {
        let pointing = isMany ? sub : base
        if pointing == "external_ids" { return ["resource", "welkin_id"] }
        guard isMany else { return ["\(key)_id"] }
        let inverse = Catalogue.batchPairs.first { $0.base == sub && $0.sub == base }
        return inverse.map { ["\($0.key)_id"] } ?? []
    }
}

extension Catalogue {
    /// Every pair of the reference's page on batch creation.
    public static let batchPairs: [BatchPair] = [
        BatchPair("calendar_events", "external_ids", "external_ids", isMany: true),
        BatchPair("conversations", "email_messages", "email_messages", isMany: true),
        BatchPair("custom_data_type_records", "patients", "patient", isMany: false),
        BatchPair("email_addresses", "patients", "patient", isMany: false),
        BatchPair("email_messages", "conversations", "conversation", isMany: false),
        BatchPair("external_ids", "calendar_events", "calendar_event", isMany: false),
        BatchPair("external_ids", "patients", "patient", isMany: false),
        BatchPair("external_ids", "profiles", "profile", isMany: false),
        BatchPair("external_ids", "workers", "worker", isMany: false),
        BatchPair("patients", "custom_data_type_records", "custom_data_type_records", isMany: true),
        BatchPair("patients", "email_addresses", "email_addresses", isMany: true),
        BatchPair("patients", "external_ids", "external_ids", isMany: true),
        BatchPair("patients", "phone_numbers", "phone_numbers", isMany: true),
        BatchPair("phone_numbers", "patients", "patient", isMany: false),
        BatchPair("profiles", "external_ids", "external_ids", isMany: true),
        BatchPair("profiles", "profile_phone_numbers", "profile_phone_numbers", isMany: true),
        BatchPair("profile_phone_numbers", "profiles", "profile", isMany: false),
        BatchPair("workers", "external_ids", "external_ids", isMany: true),
    ]
}
