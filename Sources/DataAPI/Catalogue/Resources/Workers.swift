extension Resource {
    /// Workers: `/v1/workers`.
    public static let workers = Resource(
        name: "workers", title: "Workers",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("email", .email),
                .required("first_name", .string),
                .required("last_name", .string),
                .optional("phone_number", .phoneNumber),
                .required("timezone", .timeZone),
                .optional("gender", .string),
                .required("role_ids", .listOfStrings),
                .optional("active", .boolean),
            ]),
            .update([
                .optional("email", .email),
                .optional("first_name", .string),
                .optional("last_name", .string),
                .optional("phone_number", .phoneNumber),
                .optional("timezone", .timeZone),
                .optional("gender", .string),
                .optional("role_ids", .listOfStrings),
                .optional("active", .boolean),
            ]),
            .find([
                .optional("email", .email),
                .optional("phone", .phoneNumber),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("email", .email),
            .init("first_name", .string),
            .init("last_name", .string),
            .init("phone_number", .phoneNumber, isOptional: true),
            .init("timezone", .timeZone),
            .init("gender", .string),
            .init("role_ids", .listOfStrings),
            .init("roles", .listOfStrings, isOptional: true, isDeprecated: true),
            .init("active", .boolean),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
