import CSodium

/// Bytes that must not be seen: they print as `•••` and are wiped when they are let go.
///
/// The only ways to the bytes are the types of this module that compute with them.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let storage: Storage

    /// Takes a copy; the bytes given are the caller's to wipe.
    public init(_ bytes: some Collection<UInt8>) { storage = Storage(bytes) }

    /// How many bytes it has.
    public var count: Int { unsafe storage.bytes.count }
    /// Never the bytes, as all that prints it.
    public var description: String { "•••" }
    /// Never the bytes.
    public var debugDescription: String { "•••" }
    /// Nothing: `dump` shows no bytes either.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Lends the bytes for the duration of `body`.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafeBufferPointer(storage.bytes))
    }

    /// `@unchecked`: written in `init`, read only from then on, wiped when nobody holds it.
    @safe private final class Storage: @unchecked Sendable {
        let bytes: UnsafeMutableBufferPointer<UInt8>

        init(_ source: some Collection<UInt8>) {
            unsafe bytes = .allocate(capacity: source.count)
            _ = unsafe bytes.initialize(from: source)
        }

        deinit {
            if let base = unsafe bytes.baseAddress { unsafe sodium_memzero(base, bytes.count) }
            unsafe bytes.deallocate()
        }
    }
}
