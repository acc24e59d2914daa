import Identifiers
import Testing

@Suite("An id as Welkin gives it")
struct IdentifierTests {
    @Test("is the same in any case, and another when anything else differs")
    func equality() throws {
        let id = try #require(PatientID("3F0E1A52-6b7c-4d8e-9f10-a1b2c3d4e5f6"))
        let same = try #require(PatientID("3f0e1a52-6B7C-4d8e-9f10-a1b2c3d4e5f6"))
        let other = try #require(PatientID("3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f7"))
        #expect(id == same && id.hashValue == same.hashValue && Set([id, same]).count == 1)
        #expect(id != other)
        #expect(id.text != same.text && id.folded == same.folded)
    }

    @Test(
        "is up to 40 letters, digits and signs",
        arguments: ["a", "3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6", "a-._~:@", String(repeating: "x", count: 40)])
    func valid(text: String) {
        #expect(WorkerID(text)?.text == text)
    }

    @Test(
        "is nothing else",
        arguments: ["", "a b", "a/b", "a\n", "a\"", "ä", "a=b", "<a>", String(repeating: "x", count: 41)])
    func invalid(text: String) {
        #expect(ProviderID(text) == nil)
        #expect(ClientID(text) == nil)
    }

    @Test(
        "has the form of a GUID or not",
        arguments: [
            ("3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6", true),
            ("3F0E1A52-6B7C-4D8E-9F10-A1B2C3D4E5F6", true),
            ("3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f", false),
            ("3f0e1a526b7c4d8e9f10a1b2c3d4e5f6", false),
            ("3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5g6", false),
            ("", false),
        ])
    func form(text: String, isGUID: Bool) {
        #expect(Identifier.isGUID(text) == isGUID)
    }
}
