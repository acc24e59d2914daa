import Platform

/// One resource of the Data API: what can be asked of it, and what its records hold.
///
/// From Welkin's public reference of v1 (October 2020). Records may carry more than their
/// ``fields`` says: new optional fields appear without notice.
public struct Resource: Sendable {
    /// Its name in paths and scopes, such as `phone_numbers`.
    public let name: String
    /// Its name for people.
    public let title: String
    /// In the reference's order, at most one of each kind.
    public let operations: [Operation]
    /// In the reference's order; none for a resource without an entry in the catalogue.
    public let fields: [Field]
    /// The content of some fields of type `json` or `listOfObjects`.
    public let submodels: [Submodel]
    /// The scope that get and find need.
    public let readScope: String
    /// The scope that writes need; nil if the reference names none.
    public let writeScope: String?
    /// The field that orders a record's versions and to which Find's window applies (`updated_at`);
    /// nil if the records have none.
    public let cursorField: String?
    /// Whether the catalogue has an entry for it.
    public let isKnown: Bool

    init(
        name: String, title: String, isWritable: Bool, cursorField: String?, operations: [Operation],
        fields: [Field], submodels: [Submodel] = [], isKnown: Bool = true
    ) {
        self.name = name
        self.title = title
        self.operations = operations
        self.fields = fields
        self.submodels = submodels
        readScope = "\(name).read"
        writeScope = isWritable ? "\(name).write" : nil
        self.cursorField = cursorField
        self.isKnown = isKnown
    }

    /// The operation of this kind; nil if the resource does not offer it.
    public func operation(_ kind: Operation.Kind) -> Operation? {
        operations.first { $0.kind == kind }
    }

    /// The field with this name.
    public func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }

    /// Whether Find takes `page[from]`, `page[to]` and `page[size]`.
    public var isWindowed: Bool { operation(.find)?.isWindowed ?? false }

    /// The filters without which Find is refused, besides one of ``alternativeFilters``.
    public var requiredFilters: [String] {
        operation(.find)?.parameters.filter(\.isRequired).map(\.name) ?? []
    }

    /// Find needs at least one of these filters; empty nearly everywhere.
    public var alternativeFilters: [String] { operation(.find)?.oneOf ?? [] }

    /// The records that can be created in the same POST as one of this resource.
    public var batchPairs: [BatchPair] { Catalogue.batchPairs.filter { $0.base == name } }
}

extension Resource: Hashable {
    /// Resources with the same name are equal.
    public static func == (one: Resource, other: Resource) -> Bool { one.name == other.name }

    /// By name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Resource {
    /// A resource without an entry in the catalogue. It is assumed to be like most: get and a windowed
    /// Find, ordered by `updated_at`. Any filter is allowed.
    ///
    /// - Parameter name: at most 63 lower-case ASCII letters, digits and underscores, a letter first;
    ///   nil for anything else, because it becomes part of a path and the name of a table.
    public static func unknown(_ name: String) -> Resource? {
        guard name.utf8.first?.isLowercaseLetter == true, name.utf8.count < 64,
            name.utf8.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
        else { return nil }
        return Resource(
            name: name, title: name, isWritable: false, cursorField: "updated_at",
            operations: [.get(), .find()], fields: [], isKnown: false)
    }
}

extension Resource {
    /// Whose its records are. Ours, not the reference's: it decides which session may reach which record.
    package var owner: Owner { Owner.v1[name] ?? .unknown }

    /// The path that all its operations begin with.
    package var path: String { "/v1/\(name)" }

    /// The path of one of its operations.
    package func path(_ kind: Operation.Kind, id: String? = nil) -> String {
        path + kind.pathSuffix + (id.map { "/\($0)" } ?? "")
    }
}
