package import DataAPI

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
