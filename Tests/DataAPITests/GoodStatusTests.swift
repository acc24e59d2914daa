import DataAPI
import Testing

@Suite("An answer with a good status")
struct GoodStatusTests {
    private static let record = #"{"id": "1"}"#

    private func failure(_ answer: StubAnswer) async throws -> DataAPIError? {
        var failure: DataAPIError?
        try await Harness.run({ _, _ in answer }) { harness in
            failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
        }
        return failure
    }

    @Test(
        "is no page where it tells of errors as well, also where one of its records is no JSON",
        arguments: [
            #"[{"code": "timeout"}]"#, #"{"code": "timeout"}"#, #""timeout""#, "[1, tru]",
        ], [record, #"{"id": tru}"#])
    func errors(_ errors: String, _ record: String) async throws {
        let failure = try await failure(.json(#"{"data": [\#(record)], "errors": \#(errors)}"#))
        #expect(failure?.code == .malformed && failure?.status == 200)
    }

    @Test("is a page where it says that there are none", arguments: ["[]", "{}", "null"], [record, #"{"id": tru}"#])
    func noErrors(_ errors: String, _ record: String) async throws {
        #expect(try await failure(.json(#"{"data": [\#(record)], "errors": \#(errors)}"#)) == nil)
    }

    @Test(
        "is no page where its status says that it is something else, or a part",
        arguments: [201, 202, 203, 204, 206])
    func others(status: Int) async throws {
        let failure = try await failure(.status(status, #"{"data": [\#(Self.record)]}"#))
        #expect(failure?.code == .malformed && failure?.status == status)
    }
}
