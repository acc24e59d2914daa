import Foundation
import StrictJSON

/// Somebody else's JSON reader. It is more forgiving than ours, so only what ours accepts is
/// compared.
enum FoundationOracle {
    static func object(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }

    static func requireSame(_ ours: JSONValue, _ bytes: [UInt8]) {
        guard let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
            return require(false, "what strict accepts, Foundation accepts")
        }
        compare(ours, theirs)
    }

    private static func compare(_ ours: JSONValue, _ theirs: Any) {
        switch ours.kind {
        case .object:
            guard let object = theirs as? [String: Any] else { return require(false, "an object for both") }
            let names = ours.members.map { $0.key.string! }
            // Swift's strings are equal when they look alike (é in one scalar or two), so their
            // dictionary holds fewer of such names than there are.
            guard Set(names).count == names.count else { return }
            require(object.count == names.count, "an object has as many members for both")
            for (name, member) in zip(names, ours.members) {
                guard let value = object[name] else { return require(false, "a name is spelt alike for both") }
                compare(member.value, value)
            }
        case .array:
            guard let array = theirs as? [Any] else { return require(false, "an array for both") }
            let elements = Array(ours.elements)
            require(array.count == elements.count, "an array has as many elements for both")
            for (one, other) in zip(elements, array) { compare(one, other) }
        case .string:
            require((theirs as? String)?.utf8.elementsEqual(ours.utf8!) == true, "a string is the same for both")
        case .number: compareNumber(ours, theirs as? NSNumber)
        case .bool: require(theirs as? Bool == ours.bool, "a truth value is the same for both")
        case .null: require(theirs is NSNull, "null is null for both")
        }
    }

    private static func compareNumber(_ ours: JSONValue, _ theirs: NSNumber?) {
        let text = String(decoding: ours.raw, as: UTF8.self)
        guard let value = ours.double, let theirs else { return require(false, "a number for both") }
        require(unsafe value == strtod(text, nil), "a number is the nearest one: \(text)")
        // Foundation reads long ones as decimals, whose way to binary is not exact.
        require(abs(value - theirs.doubleValue) <= abs(value) * 1e-14, "a number is the same for both: \(text)")
    }
}
