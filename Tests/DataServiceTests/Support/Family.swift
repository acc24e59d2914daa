import Identifiers
import Records

/// The records of one made-up patient: one of each resource, every text of which carries the patient's mark.
struct Family {
    /// Tells whose records these are: `A`, `B`.
    let mark: String

    /// The same in every run.
    func id(_ resource: Resource) -> String { Self.id("\(mark)/\(resource.name)") }

    var patient: PatientID { PatientID(id(.patients))! }
    var worker: WorkerID { WorkerID(id(.workers))! }

    /// A GUID with letters, whose case can change.
    static func id(_ name: String) -> String {
        let hash = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let digits = String(String(hash, radix: 16).suffix(12))
        return "abcdef01-2345-4678-9abc-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// A record of a resource that belongs to the patient, or is the patient.
    func record(of resource: Resource) -> String {
        var members = [
            "id": "\"\(id(resource))\"", "updated_at": #""2026-01-02T08:00:00.000000+00:00""#,
            "created_at": #""2026-01-01T08:00:00.000000+00:00""#, "secret_text": "\"MARK-\(mark)\"",
        ]
        func set(_ field: String, _ owner: Resource) { members[field] = "\"\(id(owner))\"" }
        switch resource.owner {
        case .itself: set("primary_worker_id", .workers)
        case .patient(let field): set(field, .patients)
        case .parent(let field, let parent): set(field, Catalogue.resource(named: parent)!)
        case .parentOfKind(let field, let kind, let resources):
            let (word, parent) = resources.first { $0.key == "call" } ?? ("patients", "patients")
            members[kind] = "\"\(word)\""
            set(field, Catalogue.resource(named: parent)!)
        case .entities(let fields):
            set(fields[0], .patients)
            set(fields[1], .profiles)
        case .worker(let field): set(field, .workers)
        case .related, .attached, .nobody, .unknown: break
        }
        switch resource {
        case .fileAttachments: members["file_upload_ids"] = "[\"\(id(.fileUploads))\"]"
        case .calendarEvents:
            set("calendar_id", .calendars)
            members["start_time"] = #""2026-01-02T15:00:00.000000+00:00""#
            members["modality"] = #""call""#
            members["appointment_type"] = #""checkin""#
        case .customDataTypeRecords:
            members["type_name"] = #""_note""#
            members["body"] = "{\"note_text\": \"MARK-\(mark)\", \"written_by\": \"Nora\"}"
        case .phoneNumbers: members["phone_number"] = "\"+1415555\(mark == "A" ? "0101" : "0102")\""
        case .patients:
            for (field, value) in ["first_name": "First", "last_name": "MARK-\(mark)", "birthday": "1951-03-14"] {
                members[field] = "\"\(value)\""
            }
        case .workers: members["active"] = "true"
        default: break
        }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
            + "}"
    }
}
