import Records
import StrictJSON
import Platform

/// Checks a body's members against the operation's parameters.
enum ParameterCheck {
    /// - Parameter given: parameters that may be missing, because the batch fills them in
    /// - Returns: all problems
    static func problems(_ body: JSONValue, _ operation: Operation, given: Set<String> = [], also: [String] = [])
        -> [APIRefusal.Problem]
    {
        var problems: [APIRefusal.Problem] = []
        for (key, value) in body.members {
            let name = key.string ?? ""
            if also.contains(name) { continue }
            guard let parameter = operation.parameter(name) else {
                problems.append(.init(code: .badRequest, detail: "Unknown parameter \(name).", parameter: name))
                continue
            }
            if !value.isNull, !fits(value, parameter.type) {
                let detail = "\(name) is not a valid \(parameter.type.rawValue)."
                problems.append(.init(code: .parse, detail: detail, parameter: name))
            }
        }
        for parameter in operation.parameters where parameter.isRequired && !given.contains(parameter.name) {
            if body[parameter.name]?.isNull ?? true {
                let detail = "\(parameter.name) is required."
                problems.append(.init(code: .badRequest, detail: detail, parameter: parameter.name))
            }
        }
        return problems
    }

    /// As lenient as Welkin's own answers.
    static func fits(_ value: JSONValue, _ type: ValueType) -> Bool {
        switch type {
        case .guid: value.string.flatMap { GUID($0) } != nil
        case .boolean: value.kind == .bool || value.equals("true") || value.equals("false")
        case .integer: value.integer != nil || value.string.flatMap { Int64($0) } != nil
        case .dateTime: value.string.flatMap { Instant($0) } != nil
        case .date: value.string.flatMap { Instant($0 + "T00:00:00") ?? Instant($0) } != nil
        case .email: value.string?.dropFirst().contains("@") ?? false
        case .phoneNumber: value.string.map(isPhoneNumber) ?? false
        case .list, .listOfObjects: value.kind == .array
        case .listOfStrings: value.kind == .array && value.elements.allSatisfy { $0.kind == .string }
        case .listOfGUIDs: value.kind == .array && value.elements.allSatisfy { fits($0, .guid) }
        case .string, .enumeration, .timeZone, .zipCode, .state, .country, .html:
            value.kind == .string || value.kind == .number
        case .json, .unstated: true
        }
    }

    /// E.164: a plus and at most 15 digits.
    private static func isPhoneNumber(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.hasPrefix("+") && (2...15).contains(digits.count)
            && digits.allSatisfy(\.isDigit)
    }
}
