extension Resource {
    /// Event Labels: `/v1/event_labels`.
    public static let eventLabels = Resource(
        name: "event_labels", title: "Event Labels",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("body", .json),
                .required("entity_id", .guid),
            ]),
            .update([
                .required("body", .json)
            ]),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init("body", .json),
            .init("entity_id", .guid),
            .init("entity_type", .enumeration, values: ["entity_id", "call", "visit"]),
            .init("created_at", .dateTime),
            .init("updated_at", .dateTime),
        ])
}
