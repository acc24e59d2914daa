import Gateway
import Identifiers
import StrictJSON

/// A request's JSON object. A member that its route does not know is most likely misspelt, and refused.
struct DataBody {
    private let root: JSONValue

    /// - Parameters:
    ///   - required: the members that must be there
    ///   - optional: those that may be
    init(_ body: Request.Body, required: Set<String>, optional: Set<String>) throws(DataRefusal) {
        let bytes: [UInt8]
        switch body {
        case .bytes(let given): bytes = given
        case .tooLarge: throw .tooLarge
        case .undeclared, .invalidLength, .lengthMismatch: throw .badRequest("The body has no valid length.")
        }
        do throws(JSONError) {
            root = try JSONDocument(parsing: bytes, maximumDepth: 8).root
        } catch {
            throw .badRequest("The body is not JSON, or is ambiguous: \(error).")
        }
        guard root.kind == .object else { throw .badRequest("The body must be a JSON object.") }
        let given = Set(root.members.compactMap(\.key.string))
        if let missing = required.subtracting(given).min() { throw .badRequest("“\(missing)” is missing.") }
        let known = required.union(optional)
        if !given.isSubset(of: known) {
            // The unknown name is the page's own, but may be a value in the wrong place.
            let names = known.sorted().joined(separator: ", ")
            throw .badRequest("The body has an unknown member; this route takes \(names.isEmpty ? "{}" : names).")
        }
    }

    /// A member's value; nil when it is missing or null.
    subscript(name: String) -> JSONValue? { root[name].flatMap { $0.isNull ? nil : $0 } }

    /// Nil when it is missing or null.
    func text(_ name: String) throws(DataRefusal) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw .badRequest("“\(name)” must be a string.") }
        return text
    }

    func required(_ name: String) throws(DataRefusal) -> String {
        guard let text = try text(name) else { throw .badRequest("“\(name)” must be a string.") }
        return text
    }

    /// Nil when it is missing or null.
    func patient(_ name: String) throws(DataRefusal) -> PatientID? {
        guard let text = try text(name) else { return nil }
        guard Identifier.isGUID(text), let id = PatientID(text) else { throw .badRequest("“\(name)” must be a GUID.") }
        return id
    }

    /// Nil when it is missing or null.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(DataRefusal) -> Int64? {
        guard let value = self[name] else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw .badRequest("“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
