extension Resource {
    /// External IDs: `/v1/external_ids`.
    public static let externalIDs = Resource(
        name: "external_ids", title: "External IDs",
        isWritable: true, cursorField: nil,
        operations: [
            .get(),
            .create([
                .required("resource", .string),
                .required("namespace", .string),
                .required("external_id", .string),
                .required("welkin_id", .guid),
            ]),
            .update([
                .optional("resource", .string),
                .optional("namespace", .string),
                .optional("external_id", .string),
                .optional("welkin_id", .guid),
            ]),
            .find([
                .optional("resource", .string),
                .optional("namespace", .string),
                .optional("external_id", .string),
                .optional("welkin_id", .string),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("resource", .string),
            .init("namespace", .string),
            .init("external_id", .string),
            .init("welkin_id", .guid),
        ])
}
