extension Resource {
    /// Availability: `/v1/availability`.
    public static let availability = Resource(
        name: "availability", title: "Availability",
        isWritable: false, cursorField: nil,
        operations: [
            .find(
                isWindowed: false, oneOf: ["calendar_id", "worker_id"],
                [
                    .optional("calendar_id", .guid),
                    .optional("worker_id", .guid),
                    .required("end", .dateTime),
                    .required("start", .dateTime),
                ])
        ],
        fields: [
            .init("calendar_id", .guid),
            .init("worker_id", .guid),
            .init("available_times", .list),
        ])
}
