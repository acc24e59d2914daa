import StrictJSON

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
