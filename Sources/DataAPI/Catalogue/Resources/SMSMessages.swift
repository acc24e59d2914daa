extension Resource {
    /// SMS Messages: `/v1/sms_messages`.
    public static let smsMessages = Resource(
        name: "sms_messages", title: "SMS Messages",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .required("worker_id", .guid),
                .required("conversation_id", .guid),
                .required("direction", .enumeration, values: ["inbound", "outbound"]),
                .required("contents", .string),
                .required("automatically_sent", .boolean),
                .optional("sent_at", .dateTime),
                .required("welkin_send", .boolean),
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
