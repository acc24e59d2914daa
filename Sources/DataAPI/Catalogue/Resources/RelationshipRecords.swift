extension Resource {
    /// Relationship Records: `/v1/relationship_records`.
    public static let relationshipRecords = Resource(
        name: "relationship_records", title: "Relationship Records",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("start_date", .date),
                .optional("end_date", .date),
                .required("entity_1_id", .guid),
                .required("entity_2_id", .guid),
                .required("relationship_type_id", .string),
            ]),
            .update([
                .optional("start_date", .date),
                .optional("end_date", .date),
            ]),
            .delete(),
            .find([
                .optional("relationship_type_id", .string),
                .optional("entity_id", .guid),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("created_at", .dateTime),
            .init("updated_at", .dateTime),
            .init("start_date", .date),
            .init("end_date", .date),
            .init("archived_at", .dateTime),
            .init("entity_1_id", .guid),
            .init("entity_2_id", .guid),
            .init("relationship_type_id", .string),
        ])
}
