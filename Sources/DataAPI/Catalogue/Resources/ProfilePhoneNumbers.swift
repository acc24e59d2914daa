extension Resource {
    /// Profile Phone Numbers: `/v1/profile_phone_numbers`.
    public static let profilePhoneNumbers = Resource(
        name: "profile_phone_numbers", title: "Profile Phone Numbers",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("profile_id", .guid),
                .required("phone_number", .phoneNumber),
                .required("phone_number_type", .enumeration, values: ["cell", "landline", "other"]),
                .optional("friendly_name", .string),
                .optional("verified", .boolean),
                .optional("opted_in_to_sms", .boolean),
                .optional("opted_in_to_call_recording", .boolean),
                .optional("opted_in_to_voicemail", .boolean),
                .optional("opted_in_to_phone", .boolean),
                .optional("automatic_recipient", .boolean),
            ]),
            .update([
                .optional("phone_number", .phoneNumber),
                .optional("phone_number_type", .enumeration, values: ["cell", "landline", "other"]),
                .optional("friendly_name", .string),
                .optional("verified", .boolean),
                .optional("opted_in_to_sms", .boolean),
                .optional("opted_in_to_call_recording", .boolean),
                .optional("opted_in_to_voicemail", .boolean),
                .optional("opted_in_to_phone", .boolean),
                .optional("automatic_recipient", .boolean),
            ]),
            .delete(),
            .find([
                .optional("profile_id", .guid)
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("profile_id", .guid),
            .init("phone_number", .phoneNumber),
            .init("phone_number_type", .enumeration, values: ["cell", "landline", "other"]),
            .init("friendly_name", .string),
            .init("verified", .boolean),
            .init("archived", .boolean),
            .init("opted_in_to_sms", .boolean),
            .init("opted_in_to_call_recording", .boolean),
            .init("opted_in_to_voicemail", .boolean),
            .init("opted_in_to_phone", .boolean),
            .init("automatic_recipient", .boolean),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
