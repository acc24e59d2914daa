import DataAPI

/// A way to request the records of one instant in parts, each small enough for a page.
struct InstantPart: Hashable, Sendable {
    /// The source of the values by which the parts are requested.
    enum Values: Hashable, Sendable {
        /// The ids of another resource's records.
        case ids(of: String)
        /// The values of a column in the records that are here.
        case column(String)
        /// The records that are here in an older version: each is requested by its id.
        case records
    }

    /// The filter's name in Find; `id` for the records themselves.
    let name: String
    let values: Values
    /// The column that must have a value in every record for the parts to be exhaustive; nil if they never are.
    let exhaustiveColumn: String?

    /// The resource whose records a filter names, if the replica has them.
    private static let foreign = [
        "patient_id": "patients", "worker_id": "workers", "worker": "workers", "calendar_id": "calendars",
        "profile_id": "profiles", "calendar_event_id": "calendar_events",
    ]

    /// Possibly exhaustive parts first, the records themselves last.
    static func all(of resource: Resource) -> [InstantPart] {
        var (exhaustive, others): ([InstantPart], [InstantPart]) = ([], [])
        for parameter in resource.operation(.find)?.parameters ?? [] where !parameter.isRequired {
            guard !parameter.isDeprecated else { continue }
            if let other = foreign[parameter.name] {
                let column = parameter.name == "worker" ? "worker_id" : parameter.name
                guard resource.field(column) != nil else { continue }
                exhaustive.append(
                    InstantPart(name: parameter.name, values: .ids(of: other), exhaustiveColumn: column))
            } else if let field = resource.field(parameter.name), field.type.isText {
                others.append(
                    InstantPart(name: parameter.name, values: .column(field.name), exhaustiveColumn: nil))
            }
        }
        let records = InstantPart(name: "id", values: .records, exhaustiveColumn: nil)
        return exhaustive + others + (resource.operation(.get) == nil ? [] : [records])
    }
}

extension ValueType {
    /// Whether a filter's value is the same text as a column's.
    fileprivate var isText: Bool {
        switch self {
        case .guid, .string, .email, .enumeration, .phoneNumber: true
        default: false
        }
    }
}
