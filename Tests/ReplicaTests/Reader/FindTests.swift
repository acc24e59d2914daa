import Records
import GRDB
import Replica
import Testing

@Suite("Finding records by their fields")
struct FindTests {
    private let fixture: ReaderFixture
    private let mine = ReaderFixture.guid(1)
    private let other = ReaderFixture.guid(2)

    init() throws { fixture = try ReaderFixture() }

    private func note(_ id: String, _ minute: Int?, of patient: String? = nil, type: String = "note") -> String {
        ReaderFixture.note(id, of: patient ?? mine, minute: minute, type: type)
    }

    @Test("The newest first, those of one moment by id, those without a time last; none of others, none deleted")
    func newest() async throws {
        try await fixture.replica.take(
            [
                note("a", 1), note("c", 3), note("b2", 2), note("b1", 2), note("z", nil), note("y", nil), note("d", 9),
                note("x", 8, of: other),
            ], of: .customDataTypeRecords)
        try await fixture.replica.markDeleted(["d"], of: "custom_data_type_records", at: Sample.noon)
        let reader = try fixture.reader()
        let expected = ["c", "b1", "b2", "a", "y", "z"]
        #expect(try reader.ids([("patient_id", mine)]) == expected)
        #expect(try reader.ids([("patient_id", mine)], limit: 3) == ["c", "b1", "b2"])
        #expect(try reader.ids([("patient_id", mine)], .id) == expected.sorted())
        // From every place on, the rest; and a place's text is the place.
        for limit in 1...7 {
            for order in [RecordOrder.newest, .id] {
                var (key, ids): (RecordKey?, [String]) = (nil, [])
                while true {
                    let found = try reader.records(
                        of: .customDataTypeRecords, where: [("patient_id", mine)], order: order, after: key,
                        limit: limit)
                    ids += found.map(\.record.id)
                    guard found.count == limit, let last = found.last else { break }
                    key = RecordKey(last.key.text)
                    #expect(key == last.key)
                }
                #expect(ids == (order == .id ? expected.sorted() : expected))
            }
        }
    }

    @Test("A place holds when records are added before it, and when its own goes")
    func place() async throws {
        try await fixture.replica.take(
            (0..<6).map { (minute: Int) in note("n\(minute)", minute) }, of: .customDataTypeRecords)
        let reader = try fixture.reader()
        let key = try #require(
            try reader.records(of: .customDataTypeRecords, where: [("patient_id", mine)], order: .newest, limit: 3).last
        ).key
        try await fixture.replica.take([note("n9", 9), note("n6", 6)], of: .customDataTypeRecords)
        try await fixture.replica.markDeleted(["n3"], of: "custom_data_type_records", at: Sample.noon)
        #expect(try reader.ids([("patient_id", mine)], after: key) == ["n2", "n1", "n0"])
    }

    @Test("Values that are GUIDs are found in any case, and rows that have them in another", arguments: [false, true])
    func anyCase(isUpper: Bool) async throws {
        func spelled(_ id: String) -> String { isUpper ? id.uppercased() : id }
        try await fixture.replica.take(
            [
                note("a", 1, of: mine), note("b", 2, of: mine.uppercased()), note("c", 3, of: mine),
                note("x", 4, of: other),
            ],
            of: .customDataTypeRecords)
        try await fixture.replica.take([Sample.patient(mine)])
        let reader = try fixture.reader()
        #expect(try reader.ids([("patient_id", spelled(mine))]) == ["c", "b", "a"])
        #expect(try reader.ids([("patient_id", spelled(mine))], limit: 2) == ["c", "b"])
        #expect(try reader.ids([("patient_id", spelled(mine))], .id) == ["a", "b", "c"])
        #expect(try reader.record(spelled(mine), of: .patients)?.id == mine)
        #expect(try reader.record(spelled(other), of: .patients) == nil)
    }

    @Test("Other ids and texts are told apart by case")
    func otherTexts() async throws {
        try await fixture.replica.take(
            [note("a", 1, of: "p1"), note("b", 2, of: "P1"), note("c", 3, of: "p1", type: "Note")],
            of: .customDataTypeRecords)
        let reader = try fixture.reader()
        #expect(try reader.ids([("patient_id", "p1")]) == ["c", "a"])
        #expect(try reader.ids([("patient_id", "p1"), ("type_name", "note")]) == ["a"])
        #expect(try reader.ids([("type_name", "Note"), ("patient_id", "p1")]) == ["c"])
    }

    @Test("A worker's day: by time from an instant to before another, and by the day of those that have none")
    func day() async throws {
        func event(_ id: String, _ minute: Int) -> String {
            #"{"id": "\#(id)", "calendar_id": "c", "start_time": "\#(Sample.morning + .seconds(60 * minute))", "is_all_day": false}"#
        }
        try await fixture.replica.take(
            (0..<6).map { event("e\($0)", $0) } + [
                #"{"id": "whole", "calendar_id": "c", "day": "2026-01-02", "is_all_day": true}"#
            ], of: .calendarEvents)
        let reader = try fixture.reader()
        let order = RecordOrder.time(
            field: "start_time", from: Sample.morning + .seconds(60), to: Sample.morning + .seconds(240))
        #expect(try reader.ids(of: .calendarEvents, [("calendar_id", "c")], order) == ["e1", "e2", "e3"])
        let first = try reader.records(of: .calendarEvents, where: [("calendar_id", "c")], order: order, limit: 1)
        #expect(
            try reader.ids(of: .calendarEvents, [("calendar_id", "c")], order, after: first[0].key) == ["e2", "e3"])
        let day = [(field: "calendar_id", value: "c"), (field: "day", value: "2026-01-02")]
        #expect(try reader.ids(of: .calendarEvents, day, .id) == ["whole"])
        #expect(try reader.ids(of: .calendarEvents, day + [("is_all_day", "true")], .id) == ["whole"])
        #expect(try reader.ids(of: .calendarEvents, day + [("is_all_day", "false")], .id) == [])
    }

    @Test("All of a resource come by their ids")
    func all() async throws {
        try await fixture.replica.take(["c", "a", "b"].map { Sample.patient($0) })
        let reader = try fixture.reader()
        let first = try reader.records(of: .patients, where: [], order: .id, limit: 1)
        #expect(first.map(\.record.id) == ["a"])
        #expect(try reader.ids(of: .patients, [], .id, after: first[0].key) == ["b", "c"])
    }

    @Test("What no index answers is refused, also where there is no table; an unknown field as well")
    func refused() async throws {
        let reader = try fixture.reader()
        for (fields, order) in [
            (["city"], RecordOrder.id), ([], .newest), (["nothing"], .id), (["record"], .id),
            (["coach_id", "coach_id"], .id),
            (["coach_id"], .time(field: "created_on", from: Sample.noon, to: Sample.noon)),
        ] {
            #expect(!ReplicaReader.canFind(.patients, by: fields, order: order))
            #expect(throws: ReplicaError.self) {
                try reader.ids(of: .patients, fields.map { ($0, "x") }, order)
            }
        }
        #expect(ReplicaReader.canFind(.patients, by: ["city", "coach_id"], order: .newest))
        #expect(try reader.ids(of: .patients, [("city", "Boston"), ("coach_id", "x")]) == [])
    }

    @Test("Before a first pull is complete, what was got by its id is found, and afterwards everything")
    func beforeIndexes() async throws {
        let inner = StreamState(window: StreamWindow(from: nil, to: Sample.noon), place: "1")
        _ = try await fixture.replica.commit(
            Sample.page([note("a", 1), note("b", 2)], of: .customDataTypeRecords, next: inner))
        #expect(try fixture.reader().ids([("patient_id", mine)]) == [])
        _ = try await fixture.replica.put(
            Sample.items([note("a", 1), note("c", 3), note("d", nil), note("x", 4, of: other)]),
            of: .customDataTypeRecords, askedAt: Sample.noon, receivedAt: Sample.noon)
        let reader = try fixture.reader()
        let mine = mine.uppercased()
        #expect(try reader.ids([("patient_id", mine)]) == ["c", "a", "d"])
        #expect(try reader.ids([("patient_id", mine), ("type_name", "other")]) == [])
        #expect(try reader.ids([("patient_id", mine)], .id, limit: 2) == ["a", "c"])
        #expect(try reader.freshness(of: [.customDataTypeRecords]) == nil)
        try await fixture.replica.take([note("e", 5)], of: .customDataTypeRecords)
        #expect(try !reader.isCurrent())
        #expect(try fixture.reader().ids([("patient_id", mine)]) == ["e", "c", "b", "a", "d"])
        let left = try await fixture.replica.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM welkin_got") }
        #expect(left == 0)
    }

    @Test("Every find of every resource follows an index", arguments: Catalogue.resources.map(\.name))
    func plans(name: String) async throws {
        let resource = try #require(Catalogue.resource(named: name))
        try await fixture.replica.take([], of: resource)
        let range = { RecordOrder.time(field: $0, from: Sample.morning, to: Sample.noon) }
        var finds: [(fields: [String], order: RecordOrder)] = [([], .id)]
        for field in resource.fields.map(\.name) {
            for order in [RecordOrder.id, .newest, range("start_time")] { finds.append(([field], order)) }
            finds.append((["patient_id", field], .newest))
        }
        var explained = 0
        for find in finds {
            guard let sql = ReplicaSchema.findSQL(of: resource, by: find.fields, order: find.order) else { continue }
            for sql in sql {
                let plan = try await fixture.replica.queue.read { database in
                    let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
                    // No value is needed.
                    statement.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(statement).map { $0["detail"] as String }
                }
                // A scan of the index of ids stands for all of them in their order.
                let steps = plan.filter { !$0.hasPrefix("USE TEMP B-TREE") }
                let isSearch = steps.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains(" USING INDEX ") }
                let isWhole =
                    find.fields.isEmpty
                    && steps == ["SCAN \(resource.name) USING INDEX sqlite_autoindex_\(resource.name)_1"]
                #expect(isSearch || isWhole, "\(find): \(plan)")
                // A patient's newest few, and a calendar's day, are found without sorting all.
                let isDay = resource == .calendarEvents && find.fields == ["calendar_id"] && find.order != .newest
                let isTyped = resource != .customDataTypeRecords || find.fields.contains("type_name")
                let isPatients = find.fields.contains("patient_id") && find.order == .newest && isTyped
                if isDay || isPatients, !sql.contains(#"ORDER BY "id""#) {
                    #expect(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "\(find): \(plan)")
                }
                explained += 1
            }
        }
        #expect(explained >= 2)
        let indexed = resource.fields.filter { $0.type == .guid && $0.name.hasSuffix("_id") }.map(\.name)
        for field in indexed { #expect(ReplicaReader.canFind(resource, by: [field], order: .newest)) }
    }
}
