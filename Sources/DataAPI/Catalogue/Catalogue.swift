/// The Data API v1 as its public reference describes it: 29 resources with 101 operations.
public enum Catalogue {
    /// Every resource, by name.
    public static let resources: [Resource] = [
        .alerts,
        .appMessages,
        .assessmentResponses,
        .auditLogs,
        .availability,
        .calendarEvents,
        .calendars,
        .calls,
        .careFlows,
        .conversations,
        .customDataTypeRecords,
        .emailAddresses,
        .emailMessages,
        .eventLabels,
        .externalIDs,
        .fileAttachments,
        .fileUploads,
        .integrationTasks,
        .patientFacingAssessmentLinks,
        .patients,
        .phoneNumbers,
        .profilePhoneNumbers,
        .profiles,
        .relationshipRecords,
        .smsMessages,
        .unavailableTimes,
        .visits,
        .workers,
        .workingHours,
    ]

    /// The scope that stands for all others.
    public static let allScope = "all"

    /// The codes of the reference's page on errors, with their statuses.
    public static let errorCodes: [(code: String, status: Int)] = [
        ("parse_exception", 400), ("uniqueness_exception", 400), ("bad_request", 400),
        ("unauthorized", 401), ("forbidden", 403), ("not_found", 404), ("resource_not_found", 404),
        ("internal_server_error", 500),
    ]

    /// The catalogue's entry for a name, such as `phone_numbers`.
    public static func resource(named name: String) -> Resource? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: resources.map { ($0.name, $0) })
}
