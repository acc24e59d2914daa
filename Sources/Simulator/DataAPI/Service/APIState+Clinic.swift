import Records
import NIOCore
import StrictJSON

/// What the host page's clinic does, as Welkin would: the page's notes and calls become records.
extension APIState {
    /// Adds a note, created now.
    mutating func add(_ note: NoteRecord) {
        guard let id = GUID(note.id) else { return }
        let instant = clock.instants(1)[0]
        let bytes = RecordText.bytes(draw: Draw(0), created: instant, updated: instant, loose: 0, note.write)
        self[table: Self.notes].insert(id, instant: instant, bytes: bytes)
    }

    /// Completes the worker's planned call with the patient that is nearest to a time, and within twelve hours of it.
    ///
    /// - Parameter time: microseconds since 1970
    /// - Returns: the call's id; nil if none is planned
    mutating func completeCall(of worker: String, with patient: String, at time: Int64) -> GUID? {
        let calendars = Set(records("calendars", "worker_id", worker).map(\.id.text))
        let planned = records(Self.events, "patient_id", patient).compactMap { event -> (id: GUID, distance: Int64)? in
            guard event.root["outcome"]?.isNull ?? true, let calendar = event.root["calendar_id"]?.string,
                calendars.contains(calendar.lowercased()),
                let start = event.root["start_time"]?.string.flatMap({ Instant($0) })
            else { return nil }
            let distance = abs(start.microseconds - time)
            return distance <= .day / 2 ? (event.id, distance) : nil
        }
        guard let id = planned.min(by: { $0.distance < $1.distance })?.id else { return nil }
        setOutcome("completed", of: id)
        return id
    }

    /// Takes back the outcome of a call that was completed by mistake.
    mutating func reopenCall(_ id: GUID) {
        setOutcome(nil, of: id)
    }

    private static let notes = "custom_data_type_records"
    private static let events = "calendar_events"

    private mutating func setOutcome(_ outcome: String?, of id: GUID) {
        guard let ordinal = self[table: Self.events].ordinal(id) else { return }
        let value = outcome.map(RecordPatch.quoted) ?? Array("null".utf8)
        patch(Self.events, ordinal, ["outcome": value], at: clock.instants(1)[0])
    }

    /// The readable records whose member has that value.
    private func records(_ resource: String, _ name: String, _ value: String) -> [(id: GUID, root: JSONValue)] {
        guard let filter = try? RecordFilter(.init(name: name, value: value), resource: resource) else { return [] }
        let table = self[table: resource]
        return (0..<table.count).map(table.ordinal(at:)).compactMap { ordinal in
            let bytes = table.bytes(ordinal)
            guard filter.passes(bytes),
                let root = try? JSONDocument(parsing: Array(bytes.readableBytesView), mode: .tolerant).root
            else { return nil }
            return (table.id(ordinal), root)
        }
    }
}
