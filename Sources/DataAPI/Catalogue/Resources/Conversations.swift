extension Resource {
    /// Conversations: `/v1/conversations`.
    public static let conversations = Resource(
        name: "conversations", title: "Conversations",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .required("conversation_type", .enumeration, values: ["app"]),
                .optional("title", .string),
                .optional("email_address_ids", .listOfGUIDs),
            ]),
            .find([
                .optional("patient_id", .guid)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("conversation_type", .enumeration, values: ["sms", "email", "app", "welkin_app"]),
            .init("title", .string),
            .init("email_address_ids", .guid),
            .init("phone_number_id", .guid),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
