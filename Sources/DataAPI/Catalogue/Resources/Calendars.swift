extension Resource {
    /// Calendars: `/v1/calendars`.
    public static let calendars = Resource(
        name: "calendars", title: "Calendars",
        isWritable: false, cursorField: "updated_at",
        operations: [
            .get(),
            .find([
                .optional("email", .email),
                .optional("worker", .guid),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("worker_id", .guid),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
