extension Resource {
    /// Care Flows: `/v1/care_flows`.
    public static let careFlows = Resource(
        name: "care_flows", title: "Care Flows",
        isWritable: false, cursorField: "updated_at",
        operations: [
            .get(),
            .find(),
        ],
        fields: [
            .init("patient_id", .guid),
            .init("id", .guid),
            .init("care_flow", .json),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ],
        submodels: [
            .init(
                "care_flow",
                [
                    .init("title", .string),
                    .init("description", .string),
                    .init("goals", .string),
                ]),
            .init(
                "goal",
                [
                    .init("title", .string),
                    .init("tasks", .list),
                ]),
            .init(
                "intervention",
                [
                    .init("description", .string),
                    .init("reminder_date", .dateTime),
                    .init("completed_at", .dateTime),
                    .init("completed_by_worker_id", .guid),
                    .init("worker_id", .guid),
                ]),
        ])
}
