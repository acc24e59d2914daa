/// Random numbers that are the same for the same key (SplitMix64, Steele et al. 2014).
struct Draw: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ key: UInt64) {
        state = key
    }

    /// The numbers of one record: they differ by resource, ordinal and seed.
    init(seed: UInt64, resource: String, ordinal: Int) {
        // FNV-1a over the name, so that the order of the resources does not matter.
        var key: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in resource.utf8 { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = key &+ UInt64(bitPattern: Int64(ordinal)) &* 0xD1B5_4A32_D192_ED03
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// From 0 to `bound` - 1; `bound` is positive. The bias is negligible here.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True with this probability in percent.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// An element of a non-empty list.
    mutating func of<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}
