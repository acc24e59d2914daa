import DataAPI

/// Gives out a token that is in a store, and keeps none: for what changes nothing on the disk.
struct TokenReader: TokenStore {
    let store: any TokenStore

    func load(_ name: String) throws -> AccessToken? { try store.load(name) }

    func save(_ token: AccessToken, _ name: String) {}
}
