/// A note that a commit has changed records.
package struct ChangeNote: Hashable, Sendable {
    /// Grows with time; no two notes of a replica ever have the same.
    package let number: Int64
    /// The records' resource.
    package let resource: String
    /// Whose records they are: the patient's id, a GUID in lower case; nil for records of no patient;
    /// ``everybody`` for those of many.
    package let patient: String?

    /// In place of a patient: records of any patient may have changed.
    package static let everybody = "*"
}

/// Up to where somebody knows a replica.
package struct ReplicaVersion: Hashable, Sendable {
    /// The replica's own random id: another replica counts from the beginning.
    package let store: String
    /// The number of its last change.
    package let number: Int64

    /// A version as it was once given.
    package init(store: String, number: Int64) {
        self.store = store
        self.number = number
    }
}
