import Gateway

/// Forms, against a second reading of the rules and against their own encoding.
enum FormTarget {
    static func run(_ bytes: [UInt8]) {
        let form = Form(parsing: bytes)
        let expected = reference(bytes)
        require((form == nil) == (expected == nil), "exactly broken escapes and too many fields are refused")
        guard let form, let expected else { return }
        require(form.fields.count <= 64, "at most 64 fields")
        require(
            form.fields.map(\.name) == expected.map(\.0) && form.fields.map(\.value) == expected.map(\.1),
            "fields are read by the rules")
        require(Form(parsing: encoded(form)) == form, "a form survives being encoded")
        for field in form.fields {
            guard let name = String(validating: field.name, as: UTF8.self) else { continue }
            require(form.values(name).contains(field.value), "a field is found by its name")
        }
    }

    /// WHATWG URL, section 5.1, as plainly as it can be written.
    private static func reference(_ bytes: [UInt8]) -> [([UInt8], [UInt8])]? {
        var fields: [([UInt8], [UInt8])] = []
        var name: [UInt8] = []
        var value: [UInt8] = []
        var isValue = false
        var isEmpty = true
        func finish() {
            if !isEmpty { fields.append((name, value)) }
            (name, value, isValue, isEmpty) = ([], [], false, true)
        }
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "&") {
                finish()
                continue
            }
            isEmpty = false
            if byte == UInt8(ascii: "="), !isValue {
                isValue = true
                continue
            }
            if byte == UInt8(ascii: "+") {
                byte = UInt8(ascii: " ")
            } else if byte == UInt8(ascii: "%") {
                let digits = bytes[index...].prefix(2).map { UnicodeScalar($0).properties.isASCIIHexDigit ? $0 : 0 }
                guard digits.count == 2, !digits.contains(0) else { return nil }
                byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)!
                index += 2
            }
            if isValue { value.append(byte) } else { name.append(byte) }
        }
        finish()
        return fields.count <= 64 ? fields : nil
    }

    private static func encoded(_ form: Form) -> [UInt8] {
        let digits = [Array("0123456789abcdef".utf8), Array("0123456789ABCDEF".utf8)]
        func encode(_ bytes: [UInt8]) -> [UInt8] {
            bytes.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: " "): [UInt8(ascii: "+")]
                case UInt8(ascii: "a")...UInt8(ascii: "z"): [byte]
                default: [UInt8(ascii: "%")] + [byte >> 4, byte & 15].map { digits[Int(byte & 1)][Int($0)] }
                }
            }
        }
        let fields = form.fields.map { encode($0.name) + [UInt8(ascii: "=")] + encode($0.value) }
        return Array(fields.joined(separator: [UInt8(ascii: "&")]))
    }
}
