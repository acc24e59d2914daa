extension Resource {
    /// Working Hours: `/v1/working_hours`.
    public static let workingHours = Resource(
        name: "working_hours", title: "Working Hours",
        isWritable: false, cursorField: "updated_at",
        operations: [
            .get(),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init(
                "day", .enumeration,
                values: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
            .init("day_off", .boolean),
            .init("start_time", .string),
            .init("end_time", .string),
            .init("calendar_id", .guid),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
