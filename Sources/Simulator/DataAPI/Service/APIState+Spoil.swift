import Records
import NIOCore

extension APIState {
    /// Makes records odd, changed now.
    ///
    /// - Returns: their ids
    mutating func spoil(_ resource: String, _ kind: OddRecord, count: Int, key: UInt64) -> [GUID] {
        let ordinals = sample(resource, count: count, key: key)
        let name = textField(resource)
        let filters = self.resource(resource)?.requiredFilters ?? []
        for (ordinal, instant) in zip(ordinals, clock.instants(ordinals.count)) {
            let record = self[table: resource].bytes(ordinal)
            let time = ["updated_at": RecordPatch.quoted(Instant(microseconds: instant).description)]
            let hasTime = self.resource(resource)?.cursorField != nil
            guard let dated = hasTime ? RecordPatch.apply(time, to: record) : record,
                let odd = kind.apply(
                    to: dated, text: name, id: self[table: resource].id(ordinal), filters: filters)
            else { continue }
            if kind == .restless { restless.insert(self[table: resource].id(ordinal)) }
            if kind == .noFilter { unfiltered.insert(self[table: resource].id(ordinal)) }
            self[table: resource].replace(ordinal, instant: instant, bytes: Array(odd.readableBytesView))
        }
        return ordinals.map(self[table: resource].id)
    }

    /// A text member that no filter uses.
    private func textField(_ resource: String) -> String {
        let filters = self.resource(resource)?.operation(.find)?.parameters.map(\.name) ?? []
        let fields = self.resource(resource)?.fields ?? []
        return fields.first { $0.type == .string && !filters.contains($0.name) }?.name ?? "note"
    }
}
