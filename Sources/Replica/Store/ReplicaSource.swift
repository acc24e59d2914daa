/// Where a replica's records come from: the API's address and the client. Two environments that are pulled into
/// one replica would mix in silence, also where their provider id is the same by mistake.
package struct ReplicaSource: Hashable, Sendable {
    /// Scheme, host and port.
    package let api: String
    /// Stands for the client's id: a hash of it, since some treat the id as a secret.
    package let client: String

    /// - Parameters:
    ///   - api: scheme, host and port.
    ///   - clientID: as given by Welkin. Only its hash is kept.
    package init(api: String, clientID: String) {
        self.api = api
        client = RecordDigest(of: Array("client id\n\(clientID)".utf8)).text
    }
}
