import Foundation
import Platform

/// The `application/x-www-form-urlencoded` format (WHATWG URL, section 5).
package enum FormText {
    /// A field of a form.
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A value as a browser writes it into a form's body.
    package static func escape(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case _ where byte.isLetter || byte.isDigit || "*-._".utf8.contains(byte):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "): result += "+"
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// The fields of a form's body in order; nil if a percent sign is not followed by two hex
    /// digits, or the bytes are not UTF-8.
    package static func fields(_ body: String) -> [Field]? {
        var fields: [Field] = []
        for pair in body.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = unescape(parts[0]), let value = unescape(parts.count == 2 ? parts[1] : "") else {
                return nil
            }
            fields.append(Field(name, value))
        }
        return fields
    }

    private static func unescape(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
