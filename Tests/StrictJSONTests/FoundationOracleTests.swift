import Foundation
import StrictJSON
import Testing

@Suite("StrictJSON and Foundation read the same thing")
struct FoundationOracleTests {
    /// A record as the Data API sends it, with everything that JSON has.
    static let record = """
        {"id":"2f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6","name":"Zoë \\"Z\\" O’Neil \\uD83D\\uDE00","height":"72","weight":71.5,
        "active":"true","smoker":false,"tags":["a","b",[]],"note":"line\\nline\\ttab \\\\ \\/","nothing":null,
        "nested":{"deep":[{"x":1},{"y":-0.25e-3}]},"big":9007199254740993}
        """

    @Test("Every value of a record")
    func record() throws {
        let bytes = Array(Self.record.utf8)
        let theirs = try JSONSerialization.jsonObject(with: Data(bytes))
        try compare(JSONDocument(parsing: bytes).root, theirs)
    }

    @Test("Mutations of a record: what we accept, Foundation reads alike", arguments: 0..<400)
    func mutations(_ seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var bytes = Array(Self.record.utf8)
        for _ in 0...Int.random(in: 0..<3, using: &random) {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0x20...0x7E, using: &random)
            case 1: bytes.remove(at: index)
            default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &random)], at: index)
            }
        }
        guard let ours = try? JSONDocument(parsing: bytes) else { return }
        // Foundation refuses top-level fragments unless told otherwise.
        let theirs = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        try compare(ours.root, theirs)
    }

    private func compare(_ ours: JSONValue, _ theirs: Any) throws {
        switch ours.kind {
        case .object:
            let object = try #require(theirs as? [String: Any])
            #expect(object.count == Array(ours.members).count)
            for (key, value) in ours.members {
                let name = try #require(key.string)
                try compare(value, #require(object[name]))
            }
        case .array:
            let array = try #require(theirs as? [Any])
            let elements = Array(ours.elements)
            #expect(array.count == elements.count)
            for (one, other) in zip(elements, array) { try compare(one, other) }
        case .string: #expect(ours.string == theirs as? String)
        case .number: #expect(ours.double == (theirs as? NSNumber)?.doubleValue)
        case .bool: #expect(ours.bool == theirs as? Bool)
        case .null: #expect(theirs is NSNull)
        }
    }
}

/// A small random source whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
