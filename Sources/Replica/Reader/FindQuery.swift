package import Records

/// The order of records that are found.
package enum RecordOrder: Hashable, Sendable {
    /// By their ids.
    case id
    /// The newest first, by when they were created or, where Welkin does not say, changed. Those without a time come
    /// last.
    case newest
    /// By a field that is a time, from the first instant up to before the second.
    case time(field: String, from: Instant, to: Instant)
}

/// A record that was found, and its place in the order.
package struct FoundRecord: Hashable, Sendable {
    /// The record.
    package let record: StoredRecord
    /// Where another request continues behind it.
    package let key: RecordKey
}

/// What determines the statements of a find, without its values.
struct FindQuery: Hashable {
    let resource: String
    let fields: [String]
    let order: Order

    enum Order: Hashable {
        case id
        case newest
        case time(String)

        init(_ order: RecordOrder) {
            switch order {
            case .id: self = .id
            case .newest: self = .newest
            case .time(let field, _, _): self = .time(field)
            }
        }
    }
}

/// The index by which a find is answered.
struct FindPlan: Hashable {
    /// Nil: the index of ids, or the notes of records that were got before there were indexes.
    let index: TableIndex?
    /// The field by which those notes find the records; nil if they are not needed.
    private(set) var notedField: String?
    /// How many of the index's columns are compared with values.
    let compared: Int
    /// The column that orders the records before their ids; nil if only ids do.
    let moment: String?

    /// Nil if no index answers it.
    ///
    /// - Parameter indexes: those that exist.
    init?(_ query: FindQuery, _ layout: TableLayout, indexes: [TableIndex]) {
        let moment: String? =
            switch query.order {
            case .id: nil
            case .newest: layout.momentColumn
            case .time(let field): field
            }
        self.moment = moment
        if case .time(let field) = query.order {
            guard layout.fields.contains(where: { $0.name == field && $0.kind == .instant }) else { return nil }
        }
        if query.fields.isEmpty {
            guard query.order == .id || query.order == .newest && moment == nil else { return nil }
            (index, compared) = (nil, 0)
            return
        }
        // Above all one that orders; the rest would have to be sorted.
        var best: (index: TableIndex, compared: Int, isOrdered: Bool)?
        for index in indexes {
            let compared = index.columns.prefix { query.fields.contains($0) }.count
            let isOrdered = moment != nil && compared < index.columns.count && index.columns[compared] == moment
            guard compared > 0 else { continue }
            let isBetter = best.map { (isOrdered ? 1 : 0, compared) > ($0.isOrdered ? 1 : 0, $0.compared) } ?? true
            if isBetter { best = (index, compared, isOrdered) }
        }
        guard let best else { return nil }
        (index, compared) = (best.index, best.compared)
    }

    /// The same before there are indexes: only what was got by its id is found.
    func beforeIndexes() -> FindPlan {
        guard let index else { return self }
        var plan = FindPlan(index: nil, compared: 0, moment: moment)
        plan.notedField = index.columns[0]
        return plan
    }

    private init(index: TableIndex?, compared: Int, moment: String?) {
        self.index = index
        self.compared = compared
        self.moment = moment
    }
}

extension ReplicaReader {
    /// Whether records of a resource can be found by these fields in this order: by an index, at least once the resource
    /// was pulled completely. Further fields besides those of the index only filter.
    package static func canFind(_ resource: Resource, by fields: [String], order: RecordOrder) -> Bool {
        guard let layout = try? TableLayout(resource) else { return false }
        let query = FindQuery(resource: resource.name, fields: fields, order: .init(order))
        return layout.canCompare(fields) && FindPlan(query, layout, indexes: layout.indexes) != nil
    }
}

extension ReplicaSchema {
    /// The SQL by which a ``ReplicaReader`` finds records of a resource; nil if no index can answer it.
    package static func findSQL(of resource: Resource, by fields: [String], order: RecordOrder) -> [String]? {
        guard let layout = try? TableLayout(resource), layout.canCompare(fields) else { return nil }
        let query = FindQuery(resource: resource.name, fields: fields, order: .init(order))
        guard let plan = FindPlan(query, layout, indexes: layout.indexes) else { return nil }
        let sql = FindSQL(query, plan, layout, guids: resource.guids)
        return [sql.first, sql.behind] + (sql.undated.map { [$0] } ?? [])
    }
}

extension Resource {
    /// The fields whose values have no case.
    var guids: Set<String> { Set(fields.filter { $0.type == .guid }.map(\.name)) }
}

extension TableLayout {
    /// Whether values can be compared with all of these fields.
    func canCompare(_ fields: [String]) -> Bool {
        Set(fields).count == fields.count
            && fields.allSatisfy { field in self.fields.contains { $0.name == field && $0.kind != .json } }
    }
}
