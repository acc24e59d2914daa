/// Whose the records of a resource are: the rule by which a page's session may reach them or not.
package enum Owner: Hashable, Sendable {
    /// The patient that the record is.
    case itself
    /// The patient whose id this field holds.
    case patient(field: String)
    /// Whoever owns the record of `resource` that this field names.
    case parent(field: String, resource: String)
    /// Whoever owns the record that `field` names; its resource stands in the field `kind`, by these names, or by the
    /// resource's own name if there are none.
    case parentOfKind(field: String, kind: String, resources: [String: String] = [:])
    /// Every patient that these fields name. Each names a patient or a profile.
    case entities([String])
    /// Each patient with whom a relationship record connects it.
    case related
    /// The patient of the file attachment that lists it.
    case attached
    /// The worker whose id this field holds.
    case worker(field: String)
    /// Neither a patient nor a worker.
    case nobody
    /// Not in the catalogue, so nobody may reach it.
    case unknown
}
