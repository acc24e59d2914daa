package import DataAPI

/// The streams of a set of resources.
package struct StreamPlan: Hashable, Sendable {
    /// In the order of the resources.
    package let streams: [SyncStream]
    /// The resources that cannot be pulled, and why.
    package let skipped: [Skipped]

    /// A resource that is left out.
    package struct Skipped: Hashable, Sendable {
        /// Its name.
        package let resource: String
        /// Why it is left out.
        package let reason: Reason

        /// Why a resource is left out.
        package enum Reason: Hashable, Sendable {
            /// Its Find requires this filter, and no value is set.
            case filterNotSet(name: String)
            /// Its answers are computed from other resources and have no id (availability), so there
            /// is nothing to keep.
            case noRecords
        }
    }

    /// - Parameter filterValues: by resource, the values of its required filter. The default is the
    ///   values that the catalogue mentions.
    package init(of resources: [Resource], filterValues: [String: [String]] = [:]) {
        var (streams, skipped): ([SyncStream], [Skipped]) = ([], [])
        for resource in resources {
            guard resource.isWindowed else {
                skipped.append(Skipped(resource: resource.name, reason: .noRecords))
                continue
            }
            guard let name = resource.requiredFilters.first else {
                streams.append(SyncStream(resource))
                continue
            }
            let known = resource.operation(.find)?.parameter(name)?.values ?? []
            let values = filterValues[resource.name] ?? known
            if values.isEmpty { skipped.append(Skipped(resource: resource.name, reason: .filterNotSet(name: name))) }
            streams += values.map { SyncStream(resource, filter: Filter(name, $0)) }
        }
        self.streams = streams
        self.skipped = skipped
    }
}
