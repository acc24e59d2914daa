package import Records

/// The name of a stream, which has one cursor: a resource, or one value of the filter that its Find requires.
package struct StreamID: Hashable, Sendable {
    /// The resource's name.
    package let resource: String
    /// The filter and the value with which the stream is pulled.
    package let filter: Filter?

    /// The stream of a resource, and of one value of its filter if it needs one.
    package init(resource: String, filter: Filter? = nil) {
        self.resource = resource
        self.filter = filter
    }
}

extension StreamID: CustomStringConvertible {
    /// `patients`, or `alerts?alert_type=app_message`
    package var description: String { filter == nil ? resource : "\(resource)?\(filterText)" }

    /// The filter as the tables hold it: `name=value`; empty if there is none.
    var filterText: String { filter.map { "\($0.name)=\($0.value)" } ?? "" }

    init(resource: String, filterText: String) {
        let parts = filterText.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            resource: resource,
            filter: parts.count == 2 ? Filter(String(parts[0]), String(parts[1])) : nil)
    }
}
