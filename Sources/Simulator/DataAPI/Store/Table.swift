import NIOCore

/// One resource's records: their bytes, and an index by id and by the instant of the last change.
///
/// Keeps the instant even for resources that do not show one: Welkin pages those too.
struct Table: Sendable {
    private struct Entry: Sendable {
        var id: GUID
        /// Microseconds since 1970.
        var instant: Int64
        var place: Arena.Place
    }

    /// By ordinal; deleted records stay here, but are in neither index.
    private var entries: [Entry] = []
    /// Ordinals by (instant, ordinal).
    private var order: [UInt32] = []
    private var ordinals: [GUID: UInt32] = [:]
    private var arena = Arena()
    /// Bytes in the arena, and how many of them no record uses any more.
    private var size = 0
    private var stale = 0

    /// The number of existing records.
    var count: Int { order.count }

    /// The number of records ever added, which is the next one's ordinal.
    var capacity: Int { entries.count }

    init() {}

    /// Makes a table of records in any order.
    init(count: Int, _ record: (Int) -> (id: GUID, instant: Int64, bytes: [UInt8])) {
        entries.reserveCapacity(count)
        ordinals.reserveCapacity(count)
        for ordinal in 0..<count {
            let (id, instant, bytes) = record(ordinal)
            entries.append(Entry(id: id, instant: instant, place: keep(bytes)))
            ordinals[id] = UInt32(ordinal)
        }
        let instants = entries.map(\.instant)
        order = (0..<UInt32(count)).sorted { one, other in
            (instants[Int(one)], one) < (instants[Int(other)], other)
        }
    }

    /// The ordinal of the record with that id, if it exists.
    func ordinal(_ id: GUID) -> Int? { ordinals[id].map(Int.init) }

    func id(_ ordinal: Int) -> GUID { entries[ordinal].id }

    func instant(_ ordinal: Int) -> Int64 { entries[ordinal].instant }

    func bytes(_ ordinal: Int) -> ByteBuffer { arena.slice(entries[ordinal].place) }

    /// Whether the record with that ordinal has not been deleted.
    func isThere(_ ordinal: Int) -> Bool { ordinals[entries[ordinal].id] == UInt32(ordinal) }

    /// The ordinal at a position in the order by instant.
    func ordinal(at position: Int) -> Int { Int(order[position]) }

    /// The first position whose record is not before (instant, ordinal).
    func position(_ instant: Int64, ordinal: Int = 0) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            let found = order[middle]
            if (entries[Int(found)].instant, Int(found)) < (instant, ordinal) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private mutating func keep(_ bytes: [UInt8]) -> Arena.Place {
        size += bytes.count
        return arena.append(bytes)
    }

    /// Drops old versions once they are the greater part of many megabytes.
    private mutating func drop(_ place: Arena.Place) {
        stale += Int(place.length)
        guard stale > 16 << 20, stale > size / 2 else { return }
        var fresh = Arena()
        for ordinal in order {
            let bytes = arena.slice(entries[Int(ordinal)].place)
            entries[Int(ordinal)].place = fresh.append(Array(bytes.readableBytesView))
        }
        (arena, size, stale) = (fresh, size - stale, 0)
    }

    mutating func insert(_ id: GUID, instant: Int64, bytes: [UInt8]) {
        let ordinal = entries.count
        entries.append(Entry(id: id, instant: instant, place: keep(bytes)))
        ordinals[id] = UInt32(ordinal)
        order.insert(UInt32(ordinal), at: position(instant, ordinal: ordinal))
    }

    mutating func replace(_ ordinal: Int, instant: Int64, bytes: [UInt8]) {
        order.remove(at: position(entries[ordinal].instant, ordinal: ordinal))
        entries[ordinal].instant = instant
        let old = entries[ordinal].place
        entries[ordinal].place = keep(bytes)
        order.insert(UInt32(ordinal), at: position(instant, ordinal: ordinal))
        drop(old)
    }

    mutating func remove(_ ordinal: Int) {
        order.remove(at: position(entries[ordinal].instant, ordinal: ordinal))
        ordinals[entries[ordinal].id] = nil
        drop(entries[ordinal].place)
    }
}
