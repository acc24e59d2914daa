package import DataAPI

/// Where records come from: a ``DataAPI/Client``, or a test's stand-in.
package protocol PageSource: Sendable {
    /// One page of a Find. What may be repeated was repeated already.
    func page(_ request: FindRequest) async throws -> Page

    /// One record; nil when there is none with this id (404).
    func record(_ resource: Resource, id: String) async throws -> Record?

    /// Whether anything answers where the records come from, whatever it says. Asks once and waits for seconds at
    /// most.
    func isReachable() async -> Bool
}

extension Client: PageSource {
    /// ``Client/get(_:id:parameters:)``, where a 404 is an answer and no failure.
    package func record(_ resource: Resource, id: String) async throws -> Record? {
        do {
            return try await get(resource, id: id)
        } catch let error as DataAPIError where error.code == .notFound {
            return nil
        }
    }
}
