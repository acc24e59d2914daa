extension Resource {
    /// App Messages: `/v1/app_messages`.
    public static let appMessages = Resource(
        name: "app_messages", title: "App Messages",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .required("worker_id", .guid),
                .required("conversation_id", .guid),
                .required("direction", .enumeration, values: ["inbound", "outbound"]),
                .required("contents", .string),
                .optional("sent_at", .dateTime),
            ]),
            .update([
                .optional("sent_at", .dateTime)
            ]),
            .find([
                .optional("patient_id", .guid)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("worker_id", .guid),
            .init("conversation_id", .guid),
            .init("direction", .enumeration, values: ["inbound", "outbound"]),
            .init("contents", .string),
            .init("automatically_sent", .boolean),
            .init("sent_at", .dateTime),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
