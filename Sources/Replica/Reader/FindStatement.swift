import Records

/// The prepared statements of a find. Three, because a record without a time is behind all others: from the beginning,
/// behind a place that has a time, and those without.
struct FindStatement {
    private let first: PreparedStatement
    private let behind: PreparedStatement
    private let undated: PreparedStatement?
    private let kinds: [ColumnKind]
    private let hasMoment: Bool
    private let isRange: Bool
    /// The index, in the query's fields, of the one that may be a GUID in any case; nil if none is compared.
    private let folded: Int?

    init(
        _ query: FindQuery, _ plan: FindPlan, _ layout: TableLayout, guids: Set<String>, _ connection: ReadConnection
    ) throws {
        kinds = query.fields.map { field in layout.fields.first { $0.name == field }?.kind ?? .text }
        folded = (plan.index?.columns[0] ?? plan.notedField).flatMap { query.fields.firstIndex(of: $0) }
        hasMoment = plan.moment != nil
        if case .time = query.order { isRange = true } else { isRange = false }
        let sql = FindSQL(query, plan, layout, guids: guids)
        first = try PreparedStatement(connection, sql: sql.first)
        behind = try PreparedStatement(connection, sql: sql.behind)
        undated = try sql.undated.map { try PreparedStatement(connection, sql: $0) }
    }

    /// The next records in order.
    func run(_ values: [String], _ order: RecordOrder, after key: RecordKey?, limit: Int) throws -> [FoundRecord] {
        guard let folded else { return try find(values, order, after: key, limit: limit) }
        var found: [FoundRecord] = []
        var spellingsFound = 0
        for spelling in Spellings.of(values[folded]) {
            var values = values
            values[folded] = spelling
            let these = try find(values, order, after: key, limit: limit)
            if !these.isEmpty { spellingsFound += 1 }
            found += these
        }
        guard spellingsFound > 1 else { return found }
        return Array(found.sorted { $0.key.precedes($1.key, isDescending: order == .newest) }.prefix(limit))
    }

    private func find(
        _ values: [String], _ order: RecordOrder, after key: RecordKey?, limit: Int
    ) throws -> [FoundRecord] {
        guard let key else { return try rows(first, values, order, nil, limit) }
        if hasMoment, !isRange, key.moment == .none { return try rows(undated, values, order, key, limit) }
        let found = try rows(behind, values, order, key, limit)
        guard found.count < limit, let undated else { return found }
        return try found + rows(undated, values, order, RecordKey(moment: .none, id: ""), limit - found.count)
    }

    /// Parameters: the values, then the place's moment and id, the limit, and the beginning and end of the range.
    private func rows(
        _ statement: PreparedStatement?, _ values: [String], _ order: RecordOrder, _ key: RecordKey?, _ limit: Int
    ) throws -> [FoundRecord] {
        guard let statement else { return [] }
        defer { statement.reset() }
        var parameter: Int32 = 0
        for (value, kind) in zip(values, kinds) {
            parameter += 1
            if kind == .boolean || kind == .integer, let integer = Self.integer(value, kind) {
                try statement.bind(integer, at: parameter)
            } else {
                try statement.bind(value, at: parameter)
            }
        }
        if let key {
            switch key.moment {
            case .none: break
            case .integer(let integer): try statement.bind(integer, at: parameter + 1)
            case .text(let text): try statement.bind(text, at: parameter + 1)
            }
            try statement.bind(key.id, at: parameter + 2)
        }
        try statement.bind(Int64(limit), at: parameter + 3)
        if case .time(_, let from, let to) = order {
            // From behind a place the range begins there.
            if key == nil { try statement.bind(from.description, at: parameter + 4) }
            try statement.bind(to.description, at: parameter + 5)
        }
        var found: [FoundRecord] = []
        while try statement.step() {
            let record = StoredRecord(statement)
            found.append(FoundRecord(record: record, key: RecordKey(moment: statement.moment(5), id: record.id)))
        }
        return found
    }

    /// As such columns hold it.
    private static func integer(_ value: String, _ kind: ColumnKind) -> Int64? {
        switch (kind, value) {
        case (.boolean, "true"): 1
        case (.boolean, "false"): 0
        default: Int64(value)
        }
    }
}

extension PreparedStatement {
    fileprivate func moment(_ column: Int32) -> RecordKey.Moment {
        if isNull(column) { return .none }
        return isInteger(column) ? .integer(integer(column) ?? 0) : .text(text(column) ?? "")
    }
}

extension RecordKey {
    /// As SQLite orders them: by bytes, null first.
    fileprivate func precedes(_ other: RecordKey, isDescending: Bool) -> Bool {
        if moment != other.moment { return moment.precedes(other.moment) != isDescending }
        return id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
}

extension RecordKey.Moment {
    fileprivate func precedes(_ other: RecordKey.Moment) -> Bool {
        switch (self, other) {
        case (_, .none): false
        case (.none, _): true
        case (.integer(let one), .integer(let other)): one < other
        case (.integer, .text): true
        case (.text, .integer): false
        case (.text(let one), .text(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }
}
