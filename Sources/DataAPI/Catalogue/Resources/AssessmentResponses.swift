extension Resource {
    /// Assessment Responses: `/v1/assessment_responses`.
    public static let assessmentResponses = Resource(
        name: "assessment_responses", title: "Assessment Responses",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get([
                .optional("include_schema", .boolean)
            ]),
            .create([
                .required("spec_id", .string, isDeprecated: true),
                .required("spec_name", .string),
                .optional("spec_version", .guid),
                .required("patient_id", .guid),
                .optional("worker_id", .guid),
                .required("model", .json),
                .optional("title", .string),
            ]),
            .find([
                .optional("include_schema", .boolean)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("spec_id", .string, isDeprecated: true),
            .init("spec_name", .string),
            .init("spec_version", .guid),
            .init("patient_id", .guid),
            .init("worker_id", .guid),
            .init("model", .json),
            .init("spec", .json),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
