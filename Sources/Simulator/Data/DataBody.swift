import FoundationEssentials
import StrictJSON

/// A request's JSON object. It must have exactly its route's members: an unknown one is most likely
/// misspelt.
struct DataBody {
    private let root: JSONValue

    /// - Throws: `bad_request` with the problem.
    init(_ bytes: [UInt8], members: Set<String>) throws(DataRefusal) {
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw .badRequest("The body is not JSON, or is ambiguous: \(error).")
        }
        guard root.kind == .object else { throw .badRequest("The body must be a JSON object.") }
        let given = Set(root.members.compactMap(\.key.string))
        if let missing = members.subtracting(given).min() {
            throw .badRequest("“\(missing)” is missing.")
        }
        if let unknown = given.subtracting(members).min() {
            let known = members.sorted().joined(separator: ", ")
            throw .badRequest("“\(unknown)” is unknown; this route takes \(known.isEmpty ? "{}" : known).")
        }
    }

    /// - Throws: `bad_request` unless it is a string.
    func text(_ name: String) throws(DataRefusal) -> String {
        guard let text = root[name]?.string else { throw .badRequest("“\(name)” must be a string.") }
        return text
    }

    /// Nil for null.
    ///
    /// - Throws: `bad_request` unless it is a string or null.
    func optionalText(_ name: String) throws(DataRefusal) -> String? {
        if root[name]?.isNull == true { return nil }
        guard let text = root[name]?.string else { throw .badRequest("“\(name)” must be a string or null.") }
        return text
    }

    /// In lower case.
    ///
    /// - Throws: `bad_request` unless it is a GUID.
    func guid(_ name: String) throws(DataRefusal) -> String {
        guard let id = UUID(uuidString: try text(name)) else {
            throw .badRequest("“\(name)” must be a GUID.")
        }
        return id.uuidString.lowercased()
    }
}
