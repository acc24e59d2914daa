extension Resource {
    /// Profiles: `/v1/profiles`.
    public static let profiles = Resource(
        name: "profiles", title: "Profiles",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("profile_type_name", .string),
                .required("body", .json),
            ]),
            .update([
                .required("body", .json)
            ]),
            .find([
                .optional("profile_type_name", .string)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("profile_type_name", .string),
            .init("body", .json),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
