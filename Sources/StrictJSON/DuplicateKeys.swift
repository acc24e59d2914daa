/// Finds a member that an object names twice, however its name is spelt.
enum DuplicateKeys {
    static func refuse(
        in nodes: [JSONNode], object: Int, members: Int, text: Span<UInt8>
    ) throws(JSONError) {
        // A small object is the rule; comparing all pairs needs no memory.
        if members <= 8 {
            var key = object + 1
            while key < nodes.count {
                var other = Int(nodes[key + 1].next)
                while other < nodes.count {
                    if isSame(nodes[key], nodes[other], text) {
                        throw JSONError(.duplicateKey, at: Int(nodes[other].start))
                    }
                    other = Int(nodes[other + 1].next)
                }
                key = Int(nodes[key + 1].next)
            }
            return
        }
        // Swift seeds its hashes for each process, so chosen keys cannot make this slow.
        var seen = Set<[UInt8]>(minimumCapacity: members)
        var key = object + 1
        while key < nodes.count {
            guard seen.insert(contents(nodes[key], text)).inserted else {
                throw JSONError(.duplicateKey, at: Int(nodes[key].start))
            }
            key = Int(nodes[key + 1].next)
        }
    }

    private static func isSame(_ one: JSONNode, _ other: JSONNode, _ text: Span<UInt8>) -> Bool {
        if one.needsDecoding || other.needsDecoding {
            return contents(one, text) == contents(other, text)
        }
        let length = one.end - one.start
        guard length == other.end - other.start else { return false }
        for offset in 0..<Int(length)
        where text[Int(one.start) + offset] != text[Int(other.start) + offset] {
            return false
        }
        return true
    }

    private static func contents(_ node: JSONNode, _ text: Span<UInt8>) -> [UInt8] {
        JSONEscapes.decode(text, in: (Int(node.start) + 1)..<(Int(node.end) - 1))
    }
}
