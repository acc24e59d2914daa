extension Resource {
    /// Audit Logs: `/v1/audit_logs`.
    public static let auditLogs = Resource(
        name: "audit_logs", title: "Audit Logs",
        isWritable: false, cursorField: nil,
        operations: [
            .get(),
            .find([
                .optional("id", .json),
                .optional("actor_type", .enumeration),
                .required("event_type", .enumeration),
                .optional("email", .json),
                .optional("end_time", .date),
                .optional("operation", .json),
                .optional("patient_id", .json),
                .optional("start_time", .date),
                .optional("type_name", .json),
            ]),
        ],
        fields: [
            .init("id", .json),
            .init("env_id", .unstated),
            .init("actor_id", .unstated),
            .init("actor_type", .enumeration),
            .init("event_time", .unstated),
            .init("event_type", .enumeration),
            .init("event", .unstated),
        ])
}
