import Platform

/// The random id of a store, by which two files at the same path are told apart.
enum StoreID {
    /// 128 bits, as 32 hexadecimal digits.
    static func make() -> String { Hexadecimal.text((0..<16).map { _ in UInt8.random(in: 0...255) }[...]) }
}
