extension Resource {
    /// Calls: `/v1/calls`.
    public static let calls = Resource(
        name: "calls", title: "Calls",
        isWritable: false, cursorField: "updated_at",
        operations: [
            .get(),
            .find([
                .optional("calendar_event_id", .guid),
                .optional("patient_id", .guid),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("created_at", .dateTime),
            .init("updated_at", .dateTime),
            .init("call_type", .enumeration, values: ["inbound", "outbound"]),
            .init("from_number", .phoneNumber),
            .init("to_number", .phoneNumber),
            .init("start_time", .dateTime),
            .init("duration", .integer),
            .init("calendar_event_id", .guid),
            .init("worker_id", .guid),
            .init("patient_id", .guid),
            .init("audio_url", .string),
        ])
}
