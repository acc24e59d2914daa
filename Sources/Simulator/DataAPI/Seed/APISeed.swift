import Records

/// Determines the initial records: equal values give equal records, in every run.
package struct APISeed: Sendable {
    /// Different numbers give different records.
    package var seed: UInt64 = 1
    /// The number of patients; each has about 12 records.
    package var patients = 7
    /// The clinic whose patients come first.
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

    var plan: SeedPlan {
        SeedPlan(seed: seed, patients: patients, demo: clinic, loose: loose, equalInstants: equalInstants)
    }
}
