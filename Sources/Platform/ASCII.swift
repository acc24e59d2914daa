/// ASCII characters and classes of them. Bytes of other characters belong to no class. Inlinable because every byte of
/// a launch's ids is looked at.
extension UInt8 {
    package static let tab = UInt8(ascii: "\t")
    package static let lineFeed = UInt8(ascii: "\n")
    package static let carriageReturn = UInt8(ascii: "\r")

    /// `0` to `9`
    @inlinable package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    /// `a` to `z`
    @inlinable package var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    /// `A` to `Z`
    @inlinable package var isUppercaseLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    /// A letter in either case
    @inlinable package var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
    /// `0` to `9`, `a` to `f`, `A` to `F`
    package var isHexadecimalDigit: Bool { Hexadecimal.value(self) != nil }
}
