import StrictJSON

/// The reader in both modes, against itself, against Foundation's, and against the writer.
enum JSONTarget {
    static func run(_ bytes: [UInt8]) {
        let tolerant = try? JSONDocument(parsing: bytes, mode: .tolerant)
        if let tolerant { checkValue(tolerant.root, .tolerant) }
        guard let strict = try? JSONDocument(parsing: bytes) else { return }
        checkValue(strict.root, .strict)
        require(tolerant != nil, "what strict accepts, tolerant accepts")
        requireSame(strict.root, tolerant!.root)
        FoundationOracle.requireSame(strict.root, bytes)
        checkWriter(strict.root)
    }

    /// What holds for every value by itself.
    private static func checkValue(_ value: JSONValue, _ mode: JSONMode) {
        if value.kind == .string { checkString(value) }
        let again = try? JSONDocument(parsing: Array(value.raw), mode: mode)
        require(again != nil, "a raw slice is JSON by itself")
        require(again!.root.kind == value.kind && again!.root.raw.elementsEqual(value.raw), "a raw slice reads alike")
        // An integer beyond 2^53 has no exact Double, but the nearest one is the same for both.
        if let integer = value.integer { require(value.double == Double(integer), "a number has one value") }
        for element in value.elements { checkValue(element, mode) }
        for (key, member) in value.members {
            require(key.kind == .string, "a name is a string")
            checkString(key)
            checkValue(member, mode)
        }
    }

    private static func checkString(_ value: JSONValue) {
        guard let utf8 = value.utf8, let text = value.string else { return require(false, "a string has characters") }
        require(String(validating: utf8, as: UTF8.self) != nil, "a string is UTF-8")
        require(text.utf8.elementsEqual(utf8), "a string has one value")
        require(value.equals(text) && !value.equals(text + "x"), "a string equals itself alone")
    }

    /// Two readings of the same bytes.
    private static func requireSame(_ one: JSONValue, _ other: JSONValue) {
        require(one.kind == other.kind && one.raw == other.raw, "both modes see the same values")
        require(one.bool == other.bool && one.integer == other.integer && one.double == other.double, "… alike")
        require(one.utf8 == other.utf8, "both modes decode a string alike")
        let (mine, theirs) = (children(one), children(other))
        require(mine.count == theirs.count, "both modes see as many values")
        for (first, second) in zip(mine, theirs) { requireSame(first, second) }
        for (first, second) in zip(one.members, other.members) { requireSame(first.key, second.key) }
    }

    private static func checkWriter(_ root: JSONValue) {
        var writer = JSONWriter()
        writer.object { $0.member("root", root) }
        let written = try? JSONDocument(parsing: writer.bytes, maximumDepth: 66)
        require(written != nil, "what is written can be read")
        require(!writer.bytes.contains(UInt8(ascii: "<")) || root.raw.contains(UInt8(ascii: "<")), "< is escaped")
        requireEqual(root, written!.root["root"]!)
    }

    /// The same values, though not the same bytes.
    private static func requireEqual(_ one: JSONValue, _ other: JSONValue) {
        require(one.utf8 == other.utf8 && one.integer == other.integer, "a value survives being written")
        require(one.bool == other.bool && one.double == other.double && one.isNull == other.isNull, "… exactly")
        let (before, after) = (children(one), children(other))
        require(before.count == after.count, "as many values are written")
        for (first, second) in zip(before, after) { requireEqual(first, second) }
        if one.kind == .object {
            for (first, second) in zip(one.members, other.members) { requireEqual(first.key, second.key) }
        }
    }

    private static func children(_ value: JSONValue) -> [JSONValue] {
        value.kind == .object ? value.members.map(\.value) : Array(value.elements)
    }
}

extension JSONWriter {
    /// Writes a value that was read by decoding and encoding it. Arrays become objects where the
    /// writer, which only writes what the project needs, has no such element.
    fileprivate mutating func member(_ name: String, _ value: JSONValue) {
        switch value.kind {
        case .object:
            member(name, object: { for (key, value) in value.members { $0.member(key.string!, value) } })
        case .array where value.elements.allSatisfy({ $0.kind == .string || $0.isNull || $0.integer != nil }):
            member(
                name,
                array: { writer in
                    for element in value.elements {
                        if let integer = element.integer {
                            writer.integer(integer)
                        } else {
                            writer.string(element.string)
                        }
                    }
                })
        case .array:
            member(
                name, object: { for (index, element) in value.elements.enumerated() { $0.member("\(index)", element) } }
            )
        case .string: member(name, value.string)
        case .number:
            if let integer = value.integer { member(name, integer) } else { member(name, raw: value.raw) }
        case .bool: member(name, value.bool!)
        case .null: member(name, nil as String?)
        }
    }
}
