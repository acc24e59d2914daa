extension Resource {
    /// Integration Tasks: `/v1/integration_tasks`.
    public static let integrationTasks = Resource(
        name: "integration_tasks", title: "Integration Tasks",
        isWritable: false, cursorField: "updated_at",
        operations: [
            .get(),
            .find([
                .optional("job_id", .string),
                .optional("task_name", .string),
                .optional("ref_id", .string),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("status", .enumeration, values: ["unattempted", "running", "failed", "succeeded"]),
            .init("patient_id", .guid),
            .init("ref_ids", .listOfStrings),
            .init("job_id", .string),
            .init("task_name", .string),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
            .init("errors", .listOfObjects),
        ],
        submodels: [
            .init(
                "integration-errors",
                [
                    .init("code", .string),
                    .init("message", .string),
                    .init("extra", .string),
                ])
        ])
}
