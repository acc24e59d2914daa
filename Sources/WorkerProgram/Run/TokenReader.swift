import DataAPI

/// Reads a stored token and saves none: for commands that change nothing on disk.
struct TokenReader: TokenStore {
    let store: any TokenStore

    func load(_ name: String) throws -> AccessToken? { try store.load(name) }

    func save(_ token: AccessToken, _ name: String) {}
}
