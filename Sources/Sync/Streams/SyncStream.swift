package import DataAPI
package import Replica

/// The records that one cursor tracks: a resource, or one value of the filter that its Find requires.
package struct SyncStream: Hashable, Sendable {
    /// The resource of the records.
    package let resource: Resource
    /// The filter and the value that each request carries.
    package let filter: Filter?

    package init(_ resource: Resource, filter: Filter? = nil) {
        self.resource = resource
        self.filter = filter
    }

    /// Its name in the replica.
    package var id: StreamID { StreamID(resource: resource.name, filter: filter) }

    /// Whether each run must find everything again.
    ///
    /// Windows of changeable records without `updated_at` may go by their creation; nothing documents it.
    /// Records that no request can change only ever arrive, and windows show them either way.
    var isFoundWhole: Bool { resource.cursorField == nil && resource.operation(.update) != nil }

    func find(_ page: PageRequest) -> FindRequest {
        FindRequest(resource, filters: filter.map { [$0] } ?? [], page: page)
    }
}
