import NIOCore

/// One page of a Find: the records, by ordinal, and the start of the next page.
struct FindPage {
    let ordinals: [Int]
    /// Nil on the last page.
    let next: FindQuery?

    /// Walks the table from the query's place until the page is full or the window ends.
    init(_ query: FindQuery, in table: Table, paging: APISettings.Paging, matches: (Int) -> Bool) {
        let start = query.from ?? .min
        var position = query.after.map { table.position(start, ordinal: $0 &+ 1) } ?? table.position(start)
        var ordinals: [Int] = []
        var following: Int?
        while position < table.count {
            let ordinal = table.ordinal(at: position)
            guard table.instant(ordinal) <= query.to else { break }
            position += 1
            guard matches(ordinal) else { continue }
            if ordinals.count == query.size {
                following = ordinal
                break
            }
            ordinals.append(ordinal)
        }
        self.ordinals = ordinals
        guard let following, let last = ordinals.last else {
            next = nil
            return
        }
        var next = query
        next.from = table.instant(paging == .following ? following : last)
        next.after = paging == .keyset ? last : nil
        self.next = next
    }
}
