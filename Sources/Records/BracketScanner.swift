import StrictJSON

/// Cuts broken JSON into values, using only brackets, quotes and commas.
package enum BracketScanner {
    /// The members of the outermost object; nil if its brackets do not balance.
    package static func members(of body: [UInt8]) -> [(key: String, value: Range<Int>)]? {
        let whole = trim(body, 0..<body.count)
        guard let parts = split(body, whole, "{", "}") else { return nil }
        var members: [(key: String, value: Range<Int>)] = []
        for part in parts {
            guard body[part.lowerBound] == UInt8(ascii: "\""),
                let end = stringEnd(body, part.lowerBound, part.upperBound)
            else { continue }
            let rest = trim(body, end..<part.upperBound)
            guard rest.lowerBound < rest.upperBound, body[rest.lowerBound] == UInt8(ascii: ":") else { continue }
            let key = String(decoding: body[(part.lowerBound + 1)..<(end - 1)], as: UTF8.self)
            members.append((key, trim(body, (rest.lowerBound + 1)..<rest.upperBound)))
        }
        return members
    }

    /// The elements of the array in this range; nil if it is not an array.
    package static func elements(of body: [UInt8], in range: Range<Int>) -> [Range<Int>]? {
        split(body, range, "[", "]")
    }

    private static func split(
        _ body: [UInt8], _ range: Range<Int>, _ open: Unicode.Scalar, _ close: Unicode.Scalar
    ) -> [Range<Int>]? {
        guard range.count >= 2, body[range.lowerBound] == UInt8(ascii: open),
            body[range.upperBound - 1] == UInt8(ascii: close)
        else { return nil }
        var parts: [Range<Int>] = []
        var (depth, start, index) = (0, range.lowerBound + 1, range.lowerBound + 1)
        let end = range.upperBound - 1
        while index < end {
            switch body[index] {
            case UInt8(ascii: "\""):
                guard let next = stringEnd(body, index, end) else { return nil }
                index = next
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { return nil }
            case UInt8(ascii: ",") where depth == 0:
                parts.append(trim(body, start..<index))
                start = index + 1
            default: break
            }
            index += 1
        }
        guard depth == 0 else { return nil }
        parts.append(trim(body, start..<end))
        return parts.filter { !$0.isEmpty }
    }

    /// The index after the string that starts at `start`.
    private static func stringEnd(_ body: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var index = start + 1
        while index < end {
            if body[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if body[index] == UInt8(ascii: "\"") { return index + 1 }
            index += 1
        }
        return nil
    }

    private static func trim(_ body: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(body[start]) { start += 1 }
        while end > start, isSpace(body[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}

/// Finds the id in bytes that are not valid JSON, to recognise the record when a valid version comes.
package enum SalvagedID {
    /// Nil if the bytes are not an object by their brackets, or have no `id` that is a text or a number.
    package static func find(in bytes: ArraySlice<UInt8>) -> String? {
        let bytes = Array(bytes)
        guard let value = BracketScanner.members(of: bytes)?.last(where: { $0.key == "id" })?.value,
            let document = try? JSONDocument(parsing: Array(bytes[value]), mode: .tolerant)
        else { return nil }
        let json = document.root
        guard json.kind == .string || json.kind == .number, let text = FieldValue(json).text, !text.isEmpty else {
            return nil
        }
        return text
    }
}
