/// Where a replica's records come from: the API's address and the client. Two environments pulled into one
/// replica would mix silently, even if their provider ids were the same by mistake.
package struct ReplicaSource: Hashable, Sendable {
    /// Scheme, host and port.
    package let api: String
    /// A hash of the client's id, because some treat the id as a secret.
    package let client: String

    /// - Parameters:
    ///   - api: scheme, host and port.
    ///   - clientID: as issued by Welkin. Only its hash is kept.
    package init(api: String, clientID: String) {
        self.api = api
        client = RecordDigest(of: Array("client id\n\(clientID)".utf8)).text
    }
}
