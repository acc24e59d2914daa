import Records
import StrictJSON

extension JSONWriter {
    /// Nil as null.
    mutating func member(_ name: String, _ value: Int64?) {
        guard let value else { return member(name, nil as String?) }
        member(name, value)
    }

    /// These fields of a person's record, as text; what may not be read is null.
    mutating func member(
        _ name: String, person record: Record?, _ fields: [String], of resource: Resource, _ access: Access
    ) {
        guard let record else { return member(name, nil as String?) }
        member(name, object: { $0.fields(fields, of: record, resource, access) })
    }

    /// A phone number.
    mutating func number(_ record: Record, _ access: Access) {
        object { $0.fields(Self.numberFields, of: record, .phoneNumbers, access) }
    }

    /// A phone number; nil as null.
    mutating func member(_ name: String, number record: Record?, _ access: Access) {
        member(name, person: record, Self.numberFields, of: .phoneNumbers, access)
    }

    private static var numberFields: [String] { ["id", "phone_number", "phone_number_type", "friendly_name"] }

    private mutating func fields(_ fields: [String], of record: Record, _ resource: Resource, _ access: Access) {
        for field in fields { member(field, access.mayRead(field, of: resource) ? record[field]?.text : nil) }
    }
}

extension Instant {
    /// Seconds since 1970, rounded down.
    var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }
}
