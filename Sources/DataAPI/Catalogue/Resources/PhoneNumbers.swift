extension Resource {
    /// Phone Numbers: `/v1/phone_numbers`.
    public static let phoneNumbers = Resource(
        name: "phone_numbers", title: "Phone Numbers",
        isWritable: true, cursorField: "updated_at",
        operations: [
            .get(),
            .create([
                .required("patient_id", .guid),
                .required("user_id", .guid, isDeprecated: true),
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
                .optional("patient_id", .guid),
                .optional("user_id", .guid, isDeprecated: true),
            ]),
            .findByPost([
                .optional("patient_id", .guid),
                .optional("user_id", .guid, isDeprecated: true),
                .optional("phone_number", .string),
            ]),
        ],
        fields: [
            .init("id", .guid),
            .init("patient_id", .guid),
            .init("user_id", .guid, isDeprecated: true),
            .init("phone_number", .phoneNumber),
            .init("phone_number_type", .enumeration, values: ["cell", "landline", "other"]),
            .init("friendly_name", .string),
            .init("verified", .boolean),
            .init("opted_in_to_sms", .boolean),
            .init("opted_in_to_call_recording", .boolean),
            .init("opted_in_to_voicemail", .boolean),
            .init("opted_in_to_phone", .boolean),
            .init("automatic_recipient", .boolean),
            .init("updated_at", .dateTime),
            .init("created_at", .dateTime),
        ])
}
