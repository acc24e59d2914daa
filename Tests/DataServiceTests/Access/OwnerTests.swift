import DataService
import Identifiers
import Records
import Testing

/// Whose a record is, where that is not simply its patient's.
@Suite("Owners")
struct OwnerTests {
    /// Records by resource and id.
    private struct Shelf: RecordSource {
        var records: [String: [String]] = [:]

        func record(_ id: String, of resource: Resource) throws -> Record? {
            try records(of: resource).first { $0.id == id }
        }

        func records(of resource: Resource, where field: String, _ id: String) throws -> [Record] {
            try records(of: resource).filter { $0[field]?.text == id }
        }

        private func records(of resource: Resource) throws -> [Record] {
            (records[resource.name] ?? []).map { Record(parsing: Array($0.utf8))! }
        }
    }

    private func owner(_ text: String, _ name: String, _ shelf: [String: [String]], _ candidate: String? = nil) throws
        -> Ownership
    {
        try OwnerResolver(Shelf(records: shelf)).owner(
            of: Record(parsing: Array(text.utf8))!, Catalogue.resource(named: name)!,
            candidate: candidate.map { PatientID($0)! })
    }

    private static let (p, q) = (PatientID("p")!, PatientID("q")!)

    @Test("A second patient in a relation owns it, too") func relation() throws {
        let shelf = ["patients": [#"{"id": "p"}"#, #"{"id": "q"}"#], "profiles": [#"{"id": "f"}"#]]
        func relation(_ one: String, _ other: String) throws -> Ownership {
            try owner(#"{"entity_1_id": "\#(one)", "entity_2_id": "\#(other)"}"#, "relationship_records", shelf)
        }
        #expect(try relation("p", "f") == .patients([Self.p]))
        #expect(try relation("f", "p") == .patients([Self.p]))
        #expect(try relation("p", "q") == .patients([Self.p, Self.q]))
        #expect(try relation("p", "unknown") == .unresolved)
        #expect(try relation("f", "f") == .unresolved)
    }

    @Test("A profile of several patients is each one's") func profile() throws {
        var shelf = ["patients": [#"{"id": "p"}"#, #"{"id": "q"}"#], "profiles": [#"{"id": "f"}"#]]
        #expect(try owner(#"{"id": "f"}"#, "profiles", shelf) == .unresolved)
        shelf["relationship_records"] = [
            #"{"entity_1_id": "p", "entity_2_id": "f"}"#, #"{"entity_1_id": "f", "entity_2_id": "q"}"#,
        ]
        #expect(try owner(#"{"id": "f"}"#, "profiles", shelf) == .oneOf([Self.p, Self.q]))
        #expect(
            try owner(#"{"id": "n", "profile_id": "f"}"#, "profile_phone_numbers", shelf) == .oneOf([Self.p, Self.q]))
    }

    @Test("An upload is that of the patient whose attachment lists it") func upload() throws {
        let shelf = ["file_attachments": [#"{"patient_id": "p", "file_upload_ids": ["u", "v"]}"#]]
        #expect(try owner(#"{"id": "v"}"#, "file_uploads", shelf, "p") == .patients([Self.p]))
        #expect(try owner(#"{"id": "v"}"#, "file_uploads", shelf, "q") == .unresolved)
        #expect(try owner(#"{"id": "v"}"#, "file_uploads", shelf) == .unresolved)
        #expect(try owner(#"{"id": "w"}"#, "file_uploads", shelf, "p") == .unresolved)
        #expect(try owner(#"{"id": "not an id"}"#, "file_uploads", shelf, "p") == .unresolved)
    }

    @Test("A message is that of its conversation, whatever patient it names") func conversation() throws {
        let shelf = ["conversations": [#"{"id": "c", "patient_id": "p"}"#]]
        func message(_ conversation: String) throws -> Ownership {
            try owner(#"{"patient_id": "q", "conversation_id": "\#(conversation)"}"#, "email_messages", shelf)
        }
        #expect(try message("c") == .patients([Self.p]))
        #expect(try message("d") == .unresolved)
    }

    @Test("Labels and names of ours go by the kind of what they name") func kinds() throws {
        let shelf = ["calls": [#"{"id": "c", "patient_id": "p"}"#], "patients": [#"{"id": "c"}"#]]
        #expect(try owner(#"{"entity_type": "call", "entity_id": "c"}"#, "event_labels", shelf) == .patients([Self.p]))
        #expect(try owner(#"{"entity_type": "patients", "entity_id": "c"}"#, "event_labels", shelf) == .unresolved)
        let name = #"{"resource": "calls", "welkin_id": "c"}"#
        #expect(try owner(name, "external_ids", shelf) == .patients([Self.p]))
        #expect(try owner(name.replacing("calls", with: "nothing"), "external_ids", shelf) == .unresolved)
    }

    @Test("A circle ends") func circle() throws {
        let shelf = ["external_ids": [#"{"id": "x", "resource": "external_ids", "welkin_id": "x"}"#]]
        #expect(try owner(shelf["external_ids"]![0], "external_ids", shelf) == .unresolved)
    }

    @Test("What no catalogue has belongs to nobody whom a session reaches") func unknown() throws {
        let resource = try #require(Resource.unknown("fax_messages"))
        let record = try #require(Record(parsing: Array(#"{"id": "x", "patient_id": "p"}"#.utf8)))
        #expect(try OwnerResolver(Shelf()).owner(of: record, resource) == .unresolved)
        #expect(Catalogue.resources.allSatisfy { $0.owner != .unknown })
    }
}
