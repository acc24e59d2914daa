extension Resource {
    /// Custom Data Type Records: `/v1/custom_data_type_records`.
    public static let customDataTypeRecords = Resource(
        name: "custom_data_type_records", title: "Custom Data Type Records",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("body", .json),
                .required("patient_id", .guid),
                .required("type_name", .string),
            ]),
            .update([
                .required("body", .json)
            ]),
            .delete(),
            .find([
                .optional("patient_id", .guid),
                .optional("type_name", .string),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("body", .json),
            .init("patient_id", .guid),
            .init("type_name", .string),
            .init("updated_by", .unstated),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
