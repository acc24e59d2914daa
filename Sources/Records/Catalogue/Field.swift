/// A field of a resource's records. Its value may still be null, absent, or of a
/// looser type than the reference says: see ``FieldValue``.
public struct Field: Sendable, Hashable {
    /// Its key in a record.
    public let name: String
    /// Its type in the reference.
    public let type: ValueType
    /// Whether the reference calls it optional.
    public let isOptional: Bool
    /// Whether the reference calls it deprecated.
    public let isDeprecated: Bool
    /// The values that the reference mentions; there can be others.
    public let values: [String]

    init(
        _ name: String, _ type: ValueType, values: [String] = [], isOptional: Bool = false,
        isDeprecated: Bool = false
    ) {
        self.name = name
        self.type = type
        self.values = values
        self.isOptional = isOptional
        self.isDeprecated = isDeprecated
    }
}

/// The fields of the objects inside a field.
public struct Submodel: Sendable, Hashable {
    /// Its name in the reference; mostly the field that holds it.
    public let name: String
    /// In the reference's order.
    public let fields: [Field]

    init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }
}

/// A parameter that a request can have.
public struct Parameter: Sendable, Hashable {
    /// Its key in the query or the body.
    public let name: String
    /// Its type in the reference.
    public let type: ValueType
    /// Whether the request is refused without it. A parameter that the reference calls both required
    /// and deprecated has a successor, and is not required.
    public let isRequired: Bool
    /// Whether the reference calls it deprecated.
    public let isDeprecated: Bool
    /// The values that the reference mentions; there can be others.
    public let values: [String]

    static func required(
        _ name: String, _ type: ValueType, values: [String] = [], isDeprecated: Bool = false
    ) -> Parameter {
        Parameter(name: name, type: type, isRequired: !isDeprecated, isDeprecated: isDeprecated, values: values)
    }

    static func optional(
        _ name: String, _ type: ValueType, values: [String] = [], isDeprecated: Bool = false
    ) -> Parameter {
        Parameter(name: name, type: type, isRequired: false, isDeprecated: isDeprecated, values: values)
    }
}
