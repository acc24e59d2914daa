import Records

/// The SQL of a find. Parameters are numbered: the values from 1 on, behind them the place's moment and id, the limit,
/// and the range's beginning and end.
struct FindSQL {
    /// From the beginning.
    let first: String
    /// Behind a place that has a time, or in the order of ids.
    let behind: String
    /// Those without a time; nil if the order has no place for them, or no time.
    let undated: String?

    init(_ query: FindQuery, _ plan: FindPlan, _ layout: TableLayout, guids: Set<String>) {
        let count = query.fields.count
        let (moment, id, limit) = ("?\(count + 1)", "?\(count + 2)", "?\(count + 3)")
        let columns = StoredRecord.columns + ", " + (plan.moment.map { "\"\($0)\"" } ?? "NULL")
        // The index is named, because SQLite would rather follow the ids than sort.
        let index = plan.index.map { #" INDEXED BY "\#($0.name)""# } ?? ""
        let compared = plan.index.map { $0.columns.prefix(plan.compared) } ?? []
        let conditions = query.fields.enumerated().map { number, field in
            if compared.contains(field) { return "\"\(field)\" = ?\(number + 1)" }
            return "+\"\(field)\" = ?\(number + 1)" + (guids.contains(field) ? " COLLATE NOCASE" : "")
        }
        let noted = Self.noted(query, plan)
        func select(_ more: [String], _ order: String) -> String {
            let all = noted + conditions + [#""deleted_at" IS NULL"#] + more
            return
                #"SELECT \#(columns) FROM "\#(layout.name)"\#(index) WHERE \#(all.joined(separator: " AND ")) ORDER BY \#(order) LIMIT \#(limit)"#
        }
        guard let column = plan.moment.map({ "\"\($0)\"" }) else {
            first = select([], #""id""#)
            behind = select(["\"id\" > \(id)"], #""id""#)
            undated = nil
            return
        }
        if case .time = query.order {
            let (from, to) = ("?\(count + 4)", "?\(count + 5)")
            first = select(["\(column) >= \(from)", "\(column) < \(to)"], "\(column), \"id\"")
            behind = select(
                ["\(column) >= \(moment)", "\(column) < \(to)", "(\(column) > \(moment) OR \"id\" > \(id))"],
                "\(column), \"id\"")
            undated = nil
        } else {
            first = select([], "\(column) DESC, \"id\"")
            behind = select(
                ["\(column) <= \(moment)", "(\(column) < \(moment) OR \"id\" > \(id))"], "\(column) DESC, \"id\"")
            undated = select(["\(column) IS NULL", "\"id\" > \(id)"], #""id""#)
        }
    }

    /// The condition for records that were got before there were indexes; none if there are.
    private static func noted(_ query: FindQuery, _ plan: FindPlan) -> [String] {
        guard let field = plan.notedField, let number = query.fields.firstIndex(of: field) else { return [] }
        // Names of resources and fields are words without quotes.
        let condition = "resource = '\(query.resource)' AND field = '\(field)' AND value = ?\(number + 1)"
        return [#""id" IN (SELECT record_id FROM welkin_got WHERE \#(condition))"#]
    }
}
