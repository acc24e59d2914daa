import Records

/// Determines the initial records: equal values give equal records, in every run. Only the demo clinic's calls of
/// the day and notes have dates that depend on the start.
package struct APISeed: Sendable {
    /// Different numbers give different records.
    package var seed: UInt64 = 1
    /// The number of patients; each has about 12 records.
    package var patients = 7
    /// The clinic whose team and patients come first, with the phone numbers, notes and calls of the host page.
    package var clinic = Clinic.demo()
    /// The percentage of values that are loosely typed.
    package var loose = 10
    /// This many records of each resource were last changed at the same instant.
    package var equalInstants = 0
    /// Resources that are not in the catalogue, each with its number of records.
    package var unknown: [(name: String, count: Int)] = []

    package init() {}

    /// Whether this is a valid name for a resource that is not in the catalogue.
    package static func isUnknown(_ name: String) -> Bool {
        Catalogue.resource(named: name) == nil && Resource.unknown(name) != nil
    }

    /// - Parameter start: when the API starts, in microseconds since 1970
    func plan(start: Int64) -> SeedPlan {
        SeedPlan(
            seed: seed, patients: patients, demo: clinic, start: start, loose: loose, equalInstants: equalInstants)
    }
}
