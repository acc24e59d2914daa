extension Resource {
    /// Email Addresses: `/v1/email_addresses`.
    public static let emailAddresses = Resource(
        name: "email_addresses", title: "Email Addresses",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("email", .email),
                .optional("friendly_name", .string),
                .required("patient_id", .guid),
                .required("user_id", .guid, isDeprecated: true),
                .optional("verified", .boolean),
                .optional("opted_in_to_email", .boolean),
                .optional("automatic_recipient", .boolean),
            ]),
            .update([
                .optional("email", .email),
                .optional("friendly_name", .string),
                .optional("verified", .boolean),
                .optional("opted_in_to_email", .boolean),
                .optional("automatic_recipient", .boolean),
            ]),
            .delete(),
            .find([
                .optional("patient_id", .guid),
                .optional("user_id", .guid, isDeprecated: true),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("email", .email),
            .init("friendly_name", .string),
            .init("patient_id", .guid),
            .init("user_id", .guid, isDeprecated: true),
            .init("verified", .boolean),
            .init("opted_in_to_email", .boolean),
            .init("automatic_recipient", .boolean),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
