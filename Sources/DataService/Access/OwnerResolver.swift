package import Identifiers
package import Records
import StrictJSON

/// Finds out whose a record is, by the rule of its resource (``Owner``).
package struct OwnerResolver<Source: RecordSource> {
    private let source: Source
    /// A longer chain is a circle.
    private static var longestChain: Int { 4 }

    package init(_ source: Source) { self.source = source }

    /// - Parameter candidate: the patient whose attachments are searched for a file upload; without one, uploads are
    ///   unresolved.
    package func owner(
        of record: Record, _ resource: Resource, candidate: PatientID? = nil
    ) throws -> Ownership {
        try owner(of: record, resource, candidate, depth: 0)
    }

    /// Whose the record of this id is; unresolved where there is none.
    package func owner(
        ofRecord id: String, _ resource: Resource, candidate: PatientID? = nil, depth: Int = 0
    ) throws -> Ownership {
        guard let record = try source.record(id, of: resource) else { return .unresolved }
        return try owner(of: record, resource, candidate, depth: depth)
    }

    private func owner(
        of record: Record, _ resource: Resource, _ candidate: PatientID?, depth: Int
    ) throws -> Ownership {
        guard depth < Self.longestChain else { return .unresolved }
        func id(_ field: String) -> String? { record[field]?.text }
        func parent(_ field: String, _ name: String?) throws -> Ownership {
            guard let id = id(field), let parent = name.flatMap(Catalogue.resource(named:)) else { return .unresolved }
            return try owner(ofRecord: id, parent, candidate: candidate, depth: depth + 1)
        }
        switch resource.owner {
        case .itself: return Self.patients(record.id)
        case .patient(let field): return Self.patients(id(field))
        case .parent(let field, let name): return try parent(field, name)
        case .parentOfKind(let field, let kind, let resources):
            let word = id(kind)
            return try parent(field, resources.isEmpty ? word : word.flatMap { resources[$0] })
        case .entities(let fields): return try entities(fields.map(id))
        case .related: return try record.id.map(related) ?? .unresolved
        case .attached: return try record.id.flatMap { try attached($0, candidate) } ?? .unresolved
        case .worker(let field): return id(field).flatMap { WorkerID($0) }.map { .worker($0) } ?? .unresolved
        case .nobody: return .nobody
        case .unknown: return .unresolved
        }
    }

    private static func patients(_ id: String?) -> Ownership {
        id.flatMap { PatientID($0) }.map { .patients([$0]) } ?? .unresolved
    }

    /// Each entity is a patient or a profile; one at least is a patient.
    private func entities(_ ids: [String?]) throws -> Ownership {
        var patients: Set<PatientID> = []
        for id in ids {
            guard let id, let patient = PatientID(id) else { return .unresolved }
            if try source.record(id, of: .patients) != nil {
                patients.insert(patient)
            } else if try source.record(id, of: .profiles) == nil {
                return .unresolved
            }
        }
        return patients.isEmpty ? .unresolved : .patients(patients)
    }

    /// The patients with whom a profile is connected.
    private func related(_ profile: String) throws -> Ownership {
        guard case .entities(let fields) = Resource.relationshipRecords.owner else { return .unresolved }
        var patients: Set<PatientID> = []
        for field in fields {
            for relation in try source.records(of: .relationshipRecords, where: field, profile) {
                guard case .patients(let found) = try entities(fields.map { relation[$0]?.text }) else { continue }
                patients.formUnion(found)
            }
        }
        return patients.isEmpty ? .unresolved : .oneOf(patients)
    }

    /// The candidate, if an attachment of theirs lists the upload.
    private func attached(_ upload: String, _ candidate: PatientID?) throws -> Ownership? {
        guard let candidate, let wanted = Identifier(upload),
            case .patient(let field) = Resource.fileAttachments.owner
        else { return nil }
        let isListed = try source.records(of: .fileAttachments, where: field, candidate.text).contains { attachment in
            attachment["file_upload_ids"]?.json.elements.contains {
                $0.string.flatMap { Identifier($0) } == wanted
            } ?? false
        }
        return isListed ? .patients([candidate]) : nil
    }
}

/// Where the resolver looks records up.
package protocol RecordSource {
    /// A record that is not deleted.
    func record(_ id: String, of resource: Resource) throws -> Record?
    /// The records that are not deleted and have this id in a field.
    func records(of resource: Resource, where field: String, _ id: String) throws -> [Record]
}
