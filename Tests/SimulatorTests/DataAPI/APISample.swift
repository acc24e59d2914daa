import Records
import Testing

/// Bodies that requests of the catalogue take.
enum APISample {
    /// One operation of one resource.
    struct Case: Sendable, CustomTestStringConvertible {
        let resource: Resource
        let kind: Operation.Kind

        var testDescription: String { "\(kind.rawValue) \(resource.name)" }
        var path: String { "/v1/\(resource.name)" }
    }

    /// Every operation that the catalogue has.
    static let cases = Catalogue.resources.flatMap { resource in
        resource.operations.map { Case(resource: resource, kind: $0.kind) }
    }

    static func cases(_ kind: Operation.Kind) -> [Case] { cases.filter { $0.kind == kind } }

    /// Every operation that it does not have.
    static let missing = Catalogue.resources.flatMap { resource in
        Operation.Kind.allCases.filter { resource.operation($0) == nil }.map { Case(resource: resource, kind: $0) }
    }

    /// The filters without which a Find is refused.
    static func filters(_ resource: Resource, _ session: APISession) async throws -> [String: String] {
        switch resource.name {
        case "alerts": ["alert_type": "app_message"]
        case "audit_logs": ["event_type": "login"]
        case "availability":
            [
                "calendar_id": try await session.records("calendars")[0][at: "id"].string,
                "start": "2026-01-05T00:00:00+00:00", "end": "2026-01-10T00:00:00+00:00",
            ]
        default: [:]
        }
    }

    /// A body with every parameter that is required, and no other.
    static func body(_ operation: Operation, _ session: APISession) async throws -> [String: JSON] {
        var body: [String: JSON] = [:]
        for parameter in operation.parameters where parameter.isRequired {
            body[parameter.name] = try await value(parameter, session)
        }
        return body
    }

    private static let references = [
        "patient_id": "patients", "worker_id": "workers", "sender_id": "workers", "calendar_id": "calendars",
        "conversation_id": "conversations", "profile_id": "profiles", "entity_id": "calls", "welkin_id": "patients",
        "entity_1_id": "patients", "entity_2_id": "profiles", "calendar_event_id": "calendar_events",
        "assessment_response_id": "assessment_responses",
    ]

    static func value(_ parameter: Parameter, _ session: APISession) async throws -> JSON {
        if let resource = references[parameter.name] { return try await session.records(resource)[0][at: "id"] }
        if parameter.name == "resource" { return "patients" }
        if parameter.name == "file_upload_ids" { return [try await session.records("file_uploads")[0][at: "id"]] }
        switch parameter.type {
        case .boolean: return true
        case .dateTime: return "2026-01-02T03:04:05.678901+00:00"
        case .date: return "2026-01-02"
        case .email: return "somebody@example.org"
        case .phoneNumber: return "+14155550100"
        case .json: return ["note": "new"]
        case .listOfStrings: return ["care_manager"]
        case .list, .listOfObjects, .listOfGUIDs: return []
        case .guid: return "3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64"
        case .enumeration: return .string(parameter.values.first ?? "intake")
        default: return .string("new \(parameter.name)")
        }
    }
}
