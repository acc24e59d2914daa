import Identifiers
import Records
import Replica
import TestSupport

/// A replica, and readers of it.
struct ReaderFixture {
    let folder: TemporaryFolder
    let replica: SQLiteReplica

    init() throws {
        folder = try TemporaryFolder()
        replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
    }

    func reader() throws -> ReplicaReader {
        try ReplicaReader(path: folder.replica, provider: ProviderID("provider-1")!, busyTimeout: .zero)
    }

    /// The guid with this number, in lower case.
    static func guid(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "abcdef00-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// A note of a patient, created so many minutes after the morning.
    static func note(_ id: String, of patient: String, minute: Int?, type: String = "note") -> String {
        let created = minute.map { #", "created_at": "\#(Sample.morning + .seconds(60 * $0))""# } ?? ""
        return
            #"{"id": "\#(id)", "patient_id": "\#(patient)", "type_name": "\#(type)", "updated_at": "\#(Sample.noon)"\#(created)}"#
    }
}

extension ReplicaReader {
    func ids(
        of resource: Resource = .customDataTypeRecords, _ values: [(field: String, value: String)],
        _ order: RecordOrder = .newest, after key: RecordKey? = nil, limit: Int = 100
    ) throws -> [String] {
        try records(of: resource, where: values, order: order, after: key, limit: limit).map(\.record.id)
    }
}
