import Records

/// What the first records are: the same for the same values, in every run.
package struct APISeed: Sendable {
    /// Other numbers make other records.
    package var seed: UInt64 = 1
    /// The number of patients; there are about 12 records for each.
    package var patients = 7
    /// The clinic whose patients are the first ones.
    package var clinic = Clinic.demo()
    /// How many of a hundred values are loosely typed.
    package var loose = 10
    /// So many records of each resource were last changed at one instant.
    package var equalInstants = 0
    /// Resources that the catalogue does not know, each with so many records.
    package var unknown: [(name: String, count: Int)] = []

    package init() {}

    /// Whether this can be the name of a resource that the catalogue does not know.
    package static func isUnknown(_ name: String) -> Bool {
        Catalogue.resource(named: name) == nil && Resource.unknown(name) != nil
    }

    var plan: SeedPlan {
        SeedPlan(seed: seed, patients: patients, demo: clinic, loose: loose, equalInstants: equalInstants)
    }
}
