import Records
import NIOCore
import StrictJSON

/// Changes from outside the API, as they happen in a clinic while its records are being copied.
extension APIState {
    /// When changes happen.
    struct Moment: Sendable {
        /// Microseconds since 1970; nil for now.
        var at: Int64?
        /// All at the same instant.
        var areEqual = false
    }

    private mutating func instants(_ count: Int, _ moment: Moment) -> [Int64] {
        guard let at = moment.at else { return clock.instants(count, areEqual: moment.areEqual) }
        return (0..<Int64(count)).map { moment.areEqual ? at : at + $0 }
    }

    /// Gives records new values.
    ///
    /// - Parameters:
    ///   - count: how many; all, if there are fewer
    ///   - key: selects the records and their new values
    /// - Returns: their ids, in the order of the changes
    mutating func change(
        _ resource: String, count: Int, key: UInt64, _ moment: Moment = Moment(), unknownFields: Int = 0
    ) -> [GUID] {
        guard let source = source(resource) else { return [] }
        let ordinals = sample(resource, count: count, key: key)
        for (ordinal, instant) in zip(ordinals, instants(ordinals.count, moment)) {
            var values = revision(source, ordinal, key: key, instant: instant)
            for number in 0..<unknownFields {
                values["new_field_\(number + 1)"] = RecordPatch.quoted("value \(key)")
            }
            guard let record = RecordPatch.apply(values, to: self[table: resource].bytes(ordinal)) else { continue }
            self[table: resource].replace(ordinal, instant: instant, bytes: Array(record.readableBytesView))
        }
        return ordinals.map(self[table: resource].id)
    }

    /// The new values of a record's changing members.
    private func revision(_ source: SeedSource, _ ordinal: Int, key: UInt64, instant: Int64) -> [String: [UInt8]] {
        let bytes = source.revision(plan, ordinal, key: key, instant: instant)
        guard let root = try? JSONDocument(parsing: bytes).root else { return [:] }
        var values: [String: [UInt8]] = [:]
        for name in source.changing + ["updated_at"] {
            values[name] = root[name].map { Array($0.raw) }
        }
        return values
    }

    /// Adds new records.
    ///
    /// - Returns: their ids
    mutating func add(_ resource: String, count: Int, _ moment: Moment = Moment()) -> [GUID] {
        guard let source = source(resource) else { return [] }
        forgetNames(resource)
        return instants(count, moment).map { instant in
            let ordinal = self[table: resource].capacity
            let (id, bytes) = source.addition(plan, ordinal, instant: instant)
            self[table: resource].insert(id, instant: instant, bytes: bytes)
            return id
        }
    }

    /// Sets members of one record, whatever their values. A new record has null or its default in all others.
    ///
    /// - Parameters:
    ///   - id: the record's; nil for a new one
    ///   - at: when, in microseconds since 1970; nil for now
    /// - Throws: ``ControlProblem`` if the record cannot be read
    mutating func put(_ resource: Resource, id: GUID?, _ values: JSONValue, at: Int64?) throws -> GUID {
        let id = id ?? newID()
        let instant = instants(1, Moment(at: at))[0]
        if self[table: resource.name].ordinal(id) == nil {
            let draft = RecordDraft(resource: resource, id: id, body: values)
            self[table: resource.name].insert(id, instant: instant, bytes: draft.bytes(instant: instant, in: self))
        }
        var members = ["id": RecordPatch.quoted(id.text)]
        for (key, value) in values.members where key.string != "id" {
            members[key.string ?? ""] = RecordPatch.compact(value)
        }
        guard let ordinal = self[table: resource.name].ordinal(id), patch(resource.name, ordinal, members, at: instant)
        else { throw ControlProblem("the record cannot be read") }
        return id
    }

    /// Deletes a record, leaving no trace.
    ///
    /// - Throws: ``ControlProblem`` if it does not exist
    mutating func delete(_ resource: String, id text: String) throws -> GUID {
        guard let id = GUID(text), let ordinal = self[table: resource].ordinal(id) else {
            throw ControlProblem("\(resource) has no such record")
        }
        forgetNames(resource)
        self[table: resource].remove(ordinal)
        return id
    }

    /// Deletes records, leaving no trace.
    ///
    /// - Returns: their ids
    mutating func delete(_ resource: String, count: Int, key: UInt64) -> [GUID] {
        forgetNames(resource)
        return sample(resource, count: count, key: key).map { ordinal in
            let id = self[table: resource].id(ordinal)
            self[table: resource].remove(ordinal)
            return id
        }
    }

    /// Gives a record's members new values, as JSON, changed at that instant.
    ///
    /// - Returns: false if the record cannot be read.
    @discardableResult
    mutating func patch(_ resource: String, _ ordinal: Int, _ values: [String: [UInt8]], at instant: Int64) -> Bool {
        var values = values
        if let cursor = self.resource(resource)?.cursorField {
            values[cursor] = RecordPatch.quoted(Instant(microseconds: instant).description)
        }
        guard let record = RecordPatch.apply(values, to: self[table: resource].bytes(ordinal)) else { return false }
        self[table: resource].replace(ordinal, instant: instant, bytes: Array(record.readableBytesView))
        forgetNames(resource)
        return true
    }

    /// Drops the cached names, so that they are read again when needed.
    private mutating func forgetNames(_ resource: String) {
        if resource == "external_ids" { externalNames = nil }
    }

    /// The ordinals of this many records.
    func sample(_ resource: String, count: Int, key: UInt64) -> [Int] {
        let table = self[table: resource]
        var draw = Draw(seed: key, resource: resource, ordinal: 0)
        // By ordinal, so that earlier changes, which reorder records, do not affect the selection.
        if count * 2 > table.count {
            return (0..<table.capacity).filter(table.isThere).shuffled(using: &draw).prefix(count).map(\.self)
        }
        var chosen: Set<Int> = []
        var ordinals: [Int] = []
        while ordinals.count < count {
            let ordinal = draw.below(table.capacity)
            if table.isThere(ordinal), chosen.insert(ordinal).inserted { ordinals.append(ordinal) }
        }
        return ordinals
    }
}
