extension Resource {
    /// Patient Facing Assessment Links: `/v1/patient_facing_assessment_links`.
    public static let patientFacingAssessmentLinks = Resource(
        name: "patient_facing_assessment_links", title: "Patient Facing Assessment Links",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .required("spec_name", .string),
            ]),
            .find([
                .optional("patient_id", .guid),
                .optional("spec_name", .string),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("expire_time", .unstated),
            .init("created_at", .dateTime),
            .init("updated_at", .dateTime),
            .init("url", .unstated),
        ])
}
