/// Suggests the name that a mistyped one may stand for.
package enum Suggestion {
    /// The name nearest to a word, if one is near enough; nil when the word is itself one of them.
    ///
    /// Near means at most one slip in a short word and two in a longer one: an extra, missing or wrong letter, or
    /// two swapped neighbours. Case and hyphens do not count.
    package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let typed = plain(word)
        let limit = typed.count < 5 ? 1 : 2
        var best: (name: String, distance: Int)?
        for name in names {
            guard name != word else { return nil }
            let distance = distance(typed, plain(name))
            if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    private static func plain(_ word: String) -> [UInt8] {
        word.lowercased().utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    }

    /// The optimal string alignment distance: the smallest number of slips that turn one into the other, where
    /// no place changes twice.
    package static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        // Row by row of the table whose cell [i][j] is the distance of the first i and the first j bytes.
        var (beforeLast, last, row) = ([Int](), Array(0...other.count), [Int]())
        for i in one.indices {
            row = [i + 1]
            for j in other.indices {
                let replaced = last[j] + (one[i] == other[j] ? 0 : 1)
                var least = min(last[j + 1] + 1, row[j] + 1, replaced)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[other.count]
    }
}
