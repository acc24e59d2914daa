import DataAPI
import Testing

@Suite("A request is compared with the catalogue")
struct RequestCheckTests {
    private func failure(_ body: @Sendable (Client) async throws -> Void) async throws -> DataAPIError? {
        let harness = try await Harness { _, _ in .status(500) }
        let failure = await Harness.failure { try await body(harness.client) }
        try await harness.client.shutdown()
        try await harness.server.close()
        // Whatever passes the check, reaches the server and fails there.
        return failure?.code == .serverError ? nil : failure
    }

    @Test(
        "before a Find",
        arguments: [
            (FindRequest(.patients), nil, []),
            (FindRequest(.patients, filters: [Filter("name", "x")]), DataAPIError.Code.parameterNotOffered, ["name"]),
            (FindRequest(.patients, filters: [Filter("page[from]", "x")]), .parameterNotOffered, ["page[from]"]),
            (FindRequest(.patients, byPost: true), .operationNotOffered, []),
            (FindRequest(.alerts), .parameterMissing, ["alert_type"]),
            (FindRequest(.alerts, filters: [Filter("alert_type", "app_message")]), nil, []),
            (
                FindRequest(.alerts, filters: [Filter("alert_type", "a"), Filter("alert_type", "b")]),
                .parameterNotOffered, ["alert_type", "alert_type"]
            ),
            (FindRequest(.auditLogs), .parameterMissing, ["event_type"]),
            (FindRequest(.availability), .parameterMissing, ["end", "start", "calendar_id or worker_id"]),
            (
                FindRequest(
                    .availability, filters: [Filter("end", "e"), Filter("start", "s"), Filter("worker_id", "w")]),
                nil, []
            ),
            (
                FindRequest(
                    .availability, filters: [Filter("end", "e"), Filter("start", "s"), Filter("worker_id", "w")],
                    page: PageRequest(size: 1)), .parameterNotOffered, ["page"]
            ),
            (FindRequest(.unknown("pagers")!, filters: [Filter("anything", "x")]), nil, []),
        ])
    func find(request: FindRequest, code: DataAPIError.Code?, parameters: [String]) async throws {
        let failure = try await failure { _ = try await $0.page(request) }
        #expect(failure?.code == code)
        #expect((failure?.parameters ?? []) == parameters)
    }

    @Test(
        "before a record is made, with all that stands inside it",
        arguments: [
            (Resource.profiles, #"{"profile_type_name": "t", "body": {}}"#, nil, []),
            (.profiles, #"{"body": {}}"#, DataAPIError.Code.parameterMissing, ["profile_type_name"]),
            (.profiles, #"{"body": {}, "profile_type_name": null}"#, .parameterMissing, ["profile_type_name"]),
            (.profiles, #"{"profile_type_name": "t", "body": {}, "x": 1}"#, .parameterNotOffered, ["x"]),
            (.profiles, "[]", .invalidBody, []),
            (.profiles, "{", .invalidBody, []),
            (.profiles, #"{"body": {}, "body": {}}"#, .invalidBody, []),
            (.calls, "{}", .operationNotOffered, []),
            (
                .profiles,
                #"""
                {"profile_type_name": "t", "body": {},
                 "profile_phone_numbers": [{"phone_number": "+1", "phone_number_type": "cell"}]}
                """#, nil, []
            ),
            (
                .profiles,
                #"{"profile_type_name": "t", "body": {}, "profile_phone_numbers": [{"phone_number": "+1"}]}"#,
                .parameterMissing, ["phone_number_type"]
            ),
            (
                .profiles, #"{"profile_type_name": "t", "body": {}, "profile_phone_numbers": {}}"#, .invalidBody,
                ["profile_phone_numbers"]
            ),
            (
                .emailAddresses,
                #"{"email": "e", "patient": {"phase": "p", "timezone": "t", "first_name": "f", "last_name": "l"}}"#,
                nil, []
            ),
            (.emailAddresses, #"{"email": "e"}"#, .parameterMissing, ["patient_id"]),
            (
                .externalIDs,
                #"{"namespace": "n", "external_id": "e", "profile": {"profile_type_name": "t", "body": {}}}"#,
                nil, []
            ),
            // Nothing can be made inside what is made inside, unless the catalogue has that pair, too.
            (
                .externalIDs,
                #"{"namespace": "n", "external_id": "e", "profile": {"profile_type_name": "t", "body": {}, "x": []}}"#,
                .parameterNotOffered, ["x"]
            ),
        ])
    func create(resource: Resource, body: String, code: DataAPIError.Code?, parameters: [String]) async throws {
        let failure = try await failure { _ = try await $0.create(resource, body: Array(body.utf8)) }
        #expect(failure?.code == code)
        #expect((failure?.parameters ?? []) == parameters)
    }

    @Test(
        "so that an id never leads out of its path",
        arguments: ["", ".", "..", "a/b", "a?b", "a#b", "a%2Fb", "ä", String(repeating: "a", count: 201)])
    func ids(id: String) async throws {
        #expect(try await failure { _ = try await $0.get(.patients, id: id) }?.code == .invalidID)
        #expect(try await failure { try await $0.delete(.phoneNumbers, id: id) }?.code == .invalidID)
        #expect(
            try await failure { _ = try await $0.update(.patients, id: id, body: Array("{}".utf8)) }?.code == .invalidID
        )
    }

    @Test("before a get, an update and a delete, too")
    func others() async throws {
        let schema = [Filter("include_schema", "true")]
        #expect(try await failure { _ = try await $0.get(.assessmentResponses, id: "1", parameters: schema) } == nil)
        #expect(
            try await failure { _ = try await $0.get(.patients, id: "1", parameters: schema) }?.code
                == .parameterNotOffered)
        #expect(try await failure { try await $0.delete(.patients, id: "1") }?.code == .operationNotOffered)
        #expect(
            try await failure { _ = try await $0.update(.alerts, id: "1", body: Array("{}".utf8)) }?.parameters
                == ["completed"])
    }
}
