extension Resource {
    /// File Attachments: `/v1/file_attachments`.
    public static let fileAttachments = Resource(
        name: "file_attachments", title: "File Attachments",
        isWritable: true, cursorField: nil,
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .optional("worker_id", .guid),
                .required("attachment_type", .string),
                .optional("description", .string),
                .required("file_upload_ids", .listOfGUIDs),
            ]),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("worker_id", .guid),
            .init("attachment_type", .string),
            .init("description", .string, isOptional: true),
            .init("file_upload_ids", .listOfGUIDs),
            .init("created_at", .dateTime),
        ])
}
