extension Resource {
    /// Email Messages: `/v1/email_messages`.
    public static let emailMessages = Resource(
        name: "email_messages", title: "Email Messages",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("sender_id", .guid),
                .required("conversation_id", .guid),
                .required("subject", .string),
                .optional("body_html", .html),
                .optional("body_text", .string),
                .required("automatically_sent", .boolean),
            ]),
            .find([
                .optional("patient_id", .guid)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("sender_id", .guid),
            .init("direction", .enumeration, values: ["inbound", "outbound"]),
            .init("conversation_id", .guid),
            .init("subject", .string),
            .init("body_html", .html),
            .init("body_text", .string),
            .init("footer", .string),
            .init("sent_at", .dateTime),
            .init("automatically_sent", .boolean),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
