package import Identifiers

/// Asks Welkin for a patient that the replica lacks, and puts it there.
package protocol PatientSource: Sendable {
    /// The patient with numbers and notes. Returns within about 2 s.
    func fetch(_ patient: PatientID) async -> PatientFetch
}

/// Where Welkin cannot be asked.
package struct NoPatientSource: PatientSource {
    package init() {}

    package func fetch(_ patient: PatientID) async -> PatientFetch { .unavailable }
}
