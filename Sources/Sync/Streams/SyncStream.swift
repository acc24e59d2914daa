package import DataAPI
package import Replica

/// What is pulled with one cursor: a resource, or one value of the filter that its Find requires.
package struct SyncStream: Hashable, Sendable {
    /// Whose records these are.
    package let resource: Resource
    /// The filter and the value that each request carries.
    package let filter: Filter?

    package init(_ resource: Resource, filter: Filter? = nil) {
        self.resource = resource
        self.filter = filter
    }

    /// Its name in the replica.
    package var id: StreamID { StreamID(resource: resource.name, filter: filter) }

    /// Whether each run has to find everything anew.
    ///
    /// Records without `updated_at` that can be changed may have windows that are cut by their
    /// creation; nothing says. Those that no request can change only ever arrive, which windows show
    /// either way.
    var isFoundWhole: Bool { resource.cursorField == nil && resource.operation(.update) != nil }

    func find(_ page: PageRequest) -> FindRequest {
        FindRequest(resource, filters: filter.map { [$0] } ?? [], page: page)
    }
}
