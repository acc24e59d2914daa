package import Records

/// `WELKIN_READABLE`: the resources and fields that an App's page may read.
package struct ReadableFields: Sendable, Equatable {
    /// By the resource's name; nil for all fields.
    private let fields: [String: Set<String>?]
    /// Of custom data type records, only those of this type; nil for all.
    package let customDataType: String?

    /// - Parameter fields: by the resource's name, its readable fields; nil for all.
    package init(_ fields: [String: Set<String>?], customDataType: String? = nil) {
        self.fields = fields
        self.customDataType = customDataType
    }

    /// What the page shows, if the operator names nothing.
    ///
    /// - Parameter noteType: the custom data type that holds notes, if there is one
    package static func standard(noteType: String?) -> ReadableFields {
        var fields: [String: Set<String>?] = [
            Resource.patients.name: ["first_name", "last_name", "birthday", "city"],
            Resource.phoneNumbers.name: ["patient_id", "phone_number", "phone_number_type", "friendly_name"],
            Resource.calendarEvents.name: [
                "patient_id", "start_time", "end_time", "day", "is_all_day", "outcome", "modality", "appointment_type",
            ],
            Resource.workers.name: ["first_name", "last_name"],
        ]
        if noteType != nil {
            fields[Resource.customDataTypeRecords.name] = [
                "patient_id", "type_name", "body", "created_at", "updated_by",
            ]
        }
        return ReadableFields(fields, customDataType: noteType)
    }

    /// The fields of every readable record: they tell which record and which version it is, and nothing else.
    package static let always: Set<String> = ["id", "updated_at"]

    package func contains(_ resource: Resource) -> Bool { fields[resource.name] != nil }

    package func contains(_ field: String, of resource: Resource) -> Bool {
        guard let named = fields[resource.name] else { return false }
        return named?.contains(field) ?? true || Self.always.contains(field)
    }

    package func containsAll(of resource: Resource) -> Bool {
        guard let named = fields[resource.name] else { return false }
        return named == nil
    }
}
