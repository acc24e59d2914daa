import CSodium

/// Bytes that must not be seen: they print as `•••` and are wiped when released.
///
/// Only the types of this module that compute with the bytes can read them.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let storage: Storage

    /// Takes a copy; the caller must wipe the original.
    public init(_ bytes: some Collection<UInt8>) { storage = Storage(bytes) }

    /// The number of bytes.
    public var count: Int { unsafe storage.bytes.count }
    /// Never the bytes, in any output.
    public var description: String { "•••" }
    /// Never the bytes.
    public var debugDescription: String { "•••" }
    /// Empty, so that `dump` shows no bytes either.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Lends the bytes for the duration of `body`.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafeBufferPointer(storage.bytes))
    }

    /// `@unchecked`: written in `init`, only read afterwards, wiped when nobody holds it.
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
