import Records

/// The parameters of a Find: a window, a place in it, and filters.
struct FindQuery: Sendable, Equatable {
    /// Microseconds since 1970, inclusive; nil for the beginning of time.
    var from: Int64?
    /// Inclusive.
    var to: Int64
    var size: Int
    /// The ordinal of the last delivered record (``APISettings/Paging/keyset``).
    var after: Int?
    /// Name and value of each filter.
    var filters: [Filter]
    /// Whether assessment responses include their spec.
    var includesSchema = false

    struct Filter: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// Reads a request's parameters. Ignores unknown ones, as Welkin must to accept its documented links.
    ///
    /// - Throws: an ``APIRefusal`` with everything invalid or missing
    init(
        _ parameters: [FormText.Field], operation: Operation, settings: APISettings, now: Int64
    ) throws {
        var problems: [APIRefusal.Problem] = []
        func value(_ name: String) -> String? { parameters.last { $0.name == name }?.value }
        func instant(_ name: String) -> Int64? {
            guard let text = value(name) else { return nil }
            // An unescaped plus arrives as a space, which is not a valid sign of a zone.
            if !text.dropFirst(11).contains(" "), let instant = Instant(text) { return instant.microseconds }
            problems.append(.init(code: .parse, detail: "\(name) is not an ISO date-time.", parameter: name))
            return nil
        }
        (from, to) = (instant("page[from]"), instant("page[to]") ?? now)
        size = min(settings.pageSize, settings.maximumPageSize)
        if let text = value("page[size]") {
            if let number = Int(text), number > 0 {
                size = min(number, settings.maximumPageSize)
            } else {
                problems.append(
                    .init(code: .parse, detail: "page[size] is not a positive number.", parameter: "page[size]"))
            }
        }
        after = value("page[after]").flatMap { Int($0, radix: 36) }
        filters = []
        for parameter in operation.parameters {
            guard let text = value(parameter.name) else {
                if parameter.isRequired {
                    problems.append(
                        .init(code: .badRequest, detail: "\(parameter.name) is required.", parameter: parameter.name))
                }
                continue
            }
            if parameter.name == "include_schema" {
                includesSchema = text.lowercased() == "true"
            } else {
                filters.append(Filter(name: parameter.name, value: text))
            }
        }
        if !operation.oneOf.isEmpty, operation.oneOf.allSatisfy({ value($0) == nil }) {
            let names = operation.oneOf.joined(separator: " or ")
            problems.append(.init(code: .badRequest, detail: "\(names) is required.", parameter: operation.oneOf[0]))
        }
        if !problems.isEmpty { throw APIRefusal(problems) }
    }
}
