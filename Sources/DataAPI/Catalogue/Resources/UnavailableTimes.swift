extension Resource {
    /// Unavailable Times: `/v1/unavailable_times`.
    public static let unavailableTimes = Resource(
        name: "unavailable_times", title: "Unavailable Times",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("date", .date),
                .required("all_day", .boolean),
                .optional("start_time", .string),
                .optional("end_time", .string),
                .required("recurrence", .enumeration, values: ["none", "daily", "weekly"]),
                .required("calendar_id", .guid),
            ]),
            .update([
                .optional("date", .date),
                .optional("all_day", .boolean),
                .optional("start_time", .string),
                .optional("end_time", .string),
                .optional("recurrence", .enumeration, values: ["none", "daily", "weekly"]),
            ]),
            .delete(),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init("date", .date),
            .init("all_day", .boolean),
            .init("start_time", .string),
            .init("end_time", .string),
            .init("recurrence", .enumeration, values: ["none", "daily", "weekly"]),
            .init("calendar_id", .guid),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
