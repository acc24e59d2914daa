extension Resource {
    /// Calendar Events: `/v1/calendar_events`.
    public static let calendarEvents = Resource(
        name: "calendar_events", title: "Calendar Events",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("calendar_id", .guid),
                .required("patient_id", .guid),
                .required("user_id", .guid, isDeprecated: true),
                .optional("start_time", .dateTime),
                .optional("end_time", .dateTime),
                .optional("day", .date),
                .required("modality", .enumeration, values: ["call", "visit"]),
                .required("appointment_type", .string),
                .optional("ignore_unavailable_times", .boolean),
                .optional("ignore_working_hours", .boolean),
            ]),
            .update([
                .optional("start_time", .dateTime),
                .optional("end_time", .dateTime),
                .optional("day", .date),
                .optional("outcome", .enumeration, values: ["completed", "cancelled", "no_show"]),
                .optional("appointment_type", .string),
                .optional("ignore_unavailable_times", .boolean),
                .optional("ignore_working_hours", .boolean),
            ]),
            .find([
                .optional("calendar_id", .guid)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("calendar_id", .guid),
            .init("patient_id", .guid),
            .init("user_id", .guid, isDeprecated: true),
            .init("is_all_day", .unstated),
            .init("start_time", .dateTime),
            .init("end_time", .dateTime),
            .init("day", .date),
            .init("outcome", .enumeration, values: ["completed", "cancelled", "no_show"]),
            .init("modality", .enumeration, values: ["call", "visit"]),
            .init("appointment_type", .string),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
