extension Resource {
    /// Visits: `/v1/visits`.
    public static let visits = Resource(
        name: "visits", title: "Visits",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("worker_id", .guid),
                .required("patient_id", .guid),
                .optional("calendar_event_id", .guid),
                .optional("assessment_response_id", .guid),
                .required("start_time", .dateTime),
                .required("end_time", .dateTime),
            ]),
            .update([
                .optional("calendar_event_id", .guid),
                .optional("assessment_response_id", .guid),
            ]),
            .find(),
        ],
        fields: [
            .init("id", .guid),
            .init("worker_id", .guid),
            .init("patient_id", .guid),
            .init("calendar_event_id", .guid),
            .init("assessment_response_id", .guid),
            .init("disposition", .enumeration, isDeprecated: true),
            .init("start_time", .dateTime),
            .init("end_time", .dateTime),
            .init("created_at", .dateTime),
            .init("updated_at", .dateTime),
        ])
}
