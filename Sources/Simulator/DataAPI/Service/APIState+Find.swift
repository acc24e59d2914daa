import Records
import NIOCore

extension APIState {
    /// A fault's effects on a page.
    struct PageFaults: Sendable {
        /// The resource's last page is served again.
        var repeats = false
        /// `next` points to the page itself.
        var isStuck = false
        /// The page is empty, and `next` starts a second later.
        var isEndless = false
        /// `next` points there.
        var foreignOrigin: String?
        /// Additional bytes in the answer, in one oversized record.
        var padding = 0
    }

    /// Answers a Find.
    ///
    /// - Parameter origin: the origin of links
    mutating func find(
        _ asked: FindQuery, in resource: Resource, origin: String, faults: PageFaults = PageFaults()
    ) throws -> ByteBuffer {
        let query = faults.repeats ? lastQueries[resource.name] ?? asked : asked
        let filters = try query.filters.map { try RecordFilter(filter($0, resource.name), resource: resource.name) }
        let table = self[table: resource.name]
        let unfiltered = unfiltered
        let page = FindPage(query, in: table, paging: settings.paging) { ordinal in
            filters.isEmpty || unfiltered.contains(table.id(ordinal))
                || filters.allSatisfy { $0.passes(table.bytes(ordinal)) }
        }
        let links = PageLinks(
            shape: faults.foreignOrigin == nil ? settings.links : .href, origin: origin, resource: resource.name,
            current: query, next: Self.next(query, page, faults), foreignOrigin: faults.foreignOrigin)
        served += 1
        var body = ByteBuffer()
        body.writeStaticString(#"{"data":["#)
        for (index, ordinal) in (faults.isEndless ? [] : page.ordinals).enumerated() {
            if index > 0 { body.writeStaticString(",") }
            let record = shown(table.bytes(ordinal), query)
            let isRestless = restless.contains(table.id(ordinal))
            body.writeImmutableBuffer(isRestless ? OddRecord.served(record, number: served) : record)
        }
        if faults.padding > 0 { Self.pad(&body, faults.padding, isFirst: page.ordinals.isEmpty) }
        body.writeStaticString(#"],"links":"#)
        body.writeBytes(links.bytes)
        body.writeStaticString("}")
        if !faults.repeats { lastQueries[resource.name] = query }
        return body
    }

    private static func next(_ query: FindQuery, _ page: FindPage, _ faults: PageFaults) -> FindQuery? {
        if faults.isEndless {
            var next = query
            next.from = (query.from ?? query.to - .day) + .second
            return next
        }
        return faults.isStuck ? query : page.next
    }

    /// A calendar can also be found by its worker's address, which it does not contain.
    private func filter(_ filter: FindQuery.Filter, _ resource: String) throws -> FindQuery.Filter {
        guard resource == "calendars", filter.name == "email" else { return filter }
        let workers = self[table: "workers"]
        let address = try RecordFilter(filter, resource: "workers")
        let worker = (0..<workers.count).lazy.map(workers.ordinal(at:)).first { address.passes(workers.bytes($0)) }
        return FindQuery.Filter(name: "worker", value: worker.map { workers.id($0).text } ?? "")
    }

    private static func pad(_ body: inout ByteBuffer, _ bytes: Int, isFirst: Bool) {
        if !isFirst { body.writeStaticString(",") }
        body.writeStaticString(#"{"id":"ffffffff-ffff-4fff-bfff-ffffffffffff","padding":""#)
        body.writeRepeatingByte(UInt8(ascii: "x"), count: bytes)
        body.writeStaticString(#""}"#)
    }

    /// The record as this query returns it.
    func shown(_ record: ByteBuffer, _ query: FindQuery) -> ByteBuffer {
        guard query.includesSchema else { return record }
        return RecordPatch.apply(["spec": Array(AssessmentSpec.json.utf8)], to: record) ?? record
    }
}
