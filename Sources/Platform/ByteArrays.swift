import Glibc

extension [UInt8] {
    /// Appends the text's UTF-8 at once.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// Like `firstIndex(of:)`, but many bytes at a time.
    package func firstPosition(of byte: UInt8) -> Int? {
        unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = unsafe memchr(base, Int32(byte), bytes.count) else {
                return nil
            }
            return unsafe startIndex + (UnsafeRawPointer(found) - base)
        }
    }
}
