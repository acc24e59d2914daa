/// The Data API v1 as its public reference describes it: 29 resources with 101 operations.
public enum Catalogue {
    /// The catalogue's entry for a name, such as `phone_numbers`.
    public static func resource(named name: String) -> Resource? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: resources.map { ($0.name, $0) })
}
