extension Resource {
    /// Alerts: `/v1/alerts`.
    public static let alerts = Resource(
        name: "alerts", title: "Alerts",
        isWritable: true, cursorField: nil,
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .optional("worker_id", .guid),
                .required("alert_type", .string),
                .optional("config", .json),
                .optional("active_time", .dateTime),
            ]),
            .update([
                .optional("config", .json),
                .optional("active_time", .dateTime),
                .optional("finished_time", .dateTime),
                .required("completed", .boolean),
            ]),
            .find([
                .required("alert_type", .string, values: ["app_message"])
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("worker_id", .guid, isOptional: true),
            .init("alert_type", .string),
            .init("config", .json, isOptional: true),
            .init("active_time", .dateTime, isOptional: true),
            .init("finished_time", .dateTime, isOptional: true),
            .init("completed", .boolean),
            .init("dismissed", .boolean),
            .init("dismissed_by_worker_id", .guid),
        ])
}
