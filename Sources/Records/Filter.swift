/// A parameter of a request by GET, with its value as text.
public struct Filter: Sendable, Hashable {
    /// As in the catalogue, such as `patient_id`.
    public let name: String
    /// Not encoded.
    public let value: String

    /// A filter, which is not checked before it is sent.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
