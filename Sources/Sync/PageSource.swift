package import DataAPI

/// Where records come from: a ``DataAPI/Client``, or a test's stand-in.
package protocol PageSource: Sendable {
    /// One page of a Find. Everything that may be retried has already been retried.
    func page(_ request: FindRequest) async throws -> Page

    /// One record; nil if none has this id (404).
    func record(_ resource: Resource, id: String) async throws -> Record?

    /// Whether anything answers at the source of the records, whatever it answers. Asks once and waits a few seconds
    /// at most.
    func isReachable() async -> Bool
}

extension Client: PageSource {
    /// ``Client/get(_:id:parameters:)``, where a 404 is an answer, not a failure.
    package func record(_ resource: Resource, id: String) async throws -> Record? {
        do {
            return try await get(resource, id: id)
        } catch let error as DataAPIError where error.code == .notFound {
            return nil
        }
    }
}
