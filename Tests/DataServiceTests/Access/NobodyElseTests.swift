import DataService
import Identifiers
import Records
import Sessions
import StrictJSON
import Testing

/// A session of one patient tries every route, resource and way of naming another patient's record.
@Suite("Nobody else's records")
struct NobodyElseTests {
    private static let (a, b) = (Family(mark: "A"), Family(mark: "B"))
    /// Of which a session with a patient reaches nothing: they are a worker's or nobody's.
    private static let outOfReach: Set<Resource> = [
        .calendars, .workingHours, .unavailableTimes, .workers, .auditLogs, .availability,
    ]
    /// Found by their ids only.
    private static let byIDOnly: Set<Resource> = [.profiles, .fileUploads]

    private static func filled(_ readable: ReadableFields = Deployment.everything) async throws -> Deployment {
        let deployment = try Deployment(readable: readable)
        try await deployment.fill([a, b])
        return deployment
    }

    private static func page(_ deployment: Deployment) -> Page {
        Page(deployment, worker: a.worker, patient: a.patient)
    }

    /// The answer without its reference, which differs each time.
    private static func told(_ answer: Page.Answer) -> String {
        answer.text.replacing(/"id":"[0-9A-Z]{4}-[0-9A-Z]{4}"/, with: "")
    }

    @Test(
        "A record of the other patient is answered like one that does not exist",
        arguments: Catalogue.resources.map(\.name))
    func get(_ name: String) async throws {
        // Taken before anything is awaited: the compiler loses a resource that an expectation reads afterwards.
        let resource = try #require(Catalogue.resource(named: name))
        let (ownID, otherID, record) = (Self.a.id(resource), Self.b.id(resource), Self.a.record(of: resource))
        let isOutOfReach = Self.outOfReach.contains(resource)
        let deployment = try await Self.filled()
        let page = Self.page(deployment)
        func get(_ id: String) async throws -> Page.Answer {
            try await page.ask("records/get", #"{"resource": "\#(name)", "id": "\#(id)"}"#)
        }
        let missing = try await get(Family.id("nobody's"))
        #expect(missing.error == (name == "audit_logs" ? "not_readable" : "no_record"))
        for id in [otherID, otherID.uppercased()] {
            let other = try await get(id)
            #expect(other.status == missing.status)
            #expect(Self.told(other) == Self.told(missing))
        }
        for id in [ownID, ownID.uppercased()] {
            let own = try await get(id)
            if isOutOfReach {
                #expect(Self.told(own) == Self.told(missing))
            } else {
                #expect(own.status == 200, "\(own.text)")
                #expect(own.text.contains("MARK-A") && own.text.contains(record))
            }
        }
    }

    /// Every way to name an owner in `where`.
    private static func conditions(_ resource: Resource, _ family: Family) -> [String] {
        func named(_ field: String, _ id: String) -> [String] {
            [#"{"\#(field)": "\#(id)"}"#, #"{"\#(field)": "\#(id.uppercased())"}"#]
        }
        switch resource.owner {
        case .itself: return named("id", family.id(.patients))
        case .patient(let field): return named(field, family.id(.patients))
        case .parent(let field, let parent): return named(field, family.id(Catalogue.resource(named: parent)!))
        case .parentOfKind(let field, _, let resources):
            return named(field, resources.isEmpty ? family.id(.patients) : family.id(.calls))
        case .entities(let fields):
            return named(fields[0], family.id(.patients)) + named(fields[1], family.id(.profiles))
        case .worker(let field): return named(field, family.id(.workers))
        case .related, .attached, .nobody, .unknown: return ["{}"]
        }
    }

    @Test("A search that names the other patient finds nothing", arguments: Catalogue.resources.map(\.name))
    func find(_ name: String) async throws {
        let resource = try #require(Catalogue.resource(named: name))
        let (own, others) = (Self.conditions(resource, Self.a), Self.conditions(resource, Self.b))
        let isByIDOnly = Self.byIDOnly.contains(resource)
        let isOutOfReach = Self.outOfReach.contains(resource)
        let isRelation = resource == .relationshipRecords
        let deployment = try await Self.filled()
        let page = Self.page(deployment)
        func find(_ condition: String, _ more: String = "") async throws -> Page.Answer {
            try await page.ask("records/find", #"{"resource": "\#(name)", "where": \#(condition)\#(more)}"#)
        }
        for condition in others {
            let other = try await find(condition)
            #expect(!other.text.contains("MARK-B"))
            #expect(other.status != 200 || other.json["records"]?.isEmptyContainer == true)
        }
        for condition in own {
            let answer = try await find(condition)
            #expect(!answer.text.contains("MARK-B"))
            if isByIDOnly {
                #expect(answer.error == "bad_request")
            } else if isOutOfReach {
                #expect(answer.status >= 400 || answer.json["records"]?.isEmptyContainer == true)
            } else if !isRelation || condition.contains("entity_1_id") {
                #expect(answer.status == 200 && answer.text.contains("MARK-A"), "\(condition): \(answer.text)")
                #expect(answer.json["next"]?.isNull == true)
            }
        }
    }

    @Test("A place in the other's walk leads nowhere in one's own", arguments: ["id", "newest"])
    func walk(_ order: String) async throws {
        let deployment = try await Self.filled()
        let records = (0..<5).flatMap { number in
            [Self.a, Self.b].map { family in
                family.record(of: .visits).replacing(family.id(.visits), with: Family.id("\(family.mark)\(number)"))
            }
        }
        try await deployment.commit(records, of: .visits)
        let other = Page(deployment, worker: Self.b.worker, patient: Self.b.patient)
        let own = Self.page(deployment)
        func walk(_ page: Page, after: String? = nil) async throws -> Page.Answer {
            let after = after.map { #", "after": "\#($0)""# } ?? ""
            return try await page.ask(
                "records/find", #"{"resource": "visits", "limit": 2, "order": "\#(order)"\#(after)}"#)
        }
        let next = try #require(try await walk(other).json["next"]?.string)
        let told = try await walk(own, after: next)
        #expect(told.status == 200 && !told.text.contains("MARK-B"))
        // Its twin: the own walk is complete.
        var (count, after): (Int, String?) = (0, nil)
        repeat {
            let answer = try await walk(own, after: after)
            count += answer.json["records"]?.elements.reduce(0) { sum, _ in sum + 1 } ?? 0
            after = answer.json["next"]?.string
        } while after != nil
        #expect(count == 6)
    }

    /// A page that is full would name a place in the other's records to continue from.
    @Test(
        "A long list of the other patient's is answered like that of nobody",
        arguments: [
            ("email_messages", "conversation_id", "conversations"), ("event_labels", "entity_id", "calls"),
            ("external_ids", "welkin_id", "patients"), ("profile_phone_numbers", "profile_id", "profiles"),
        ])
    func longList(_ name: String, _ field: String, _ parent: String) async throws {
        let resource = try #require(Catalogue.resource(named: name))
        let owners = try #require(Catalogue.resource(named: parent))
        let (ownParent, otherParent) = (Self.a.id(owners), Self.b.id(owners))
        let records = (0..<5).flatMap { number in
            [Self.a, Self.b].map { family in
                family.record(of: resource).replacing(
                    "\"id\": \"\(family.id(resource))\"", with: "\"id\": \"\(Family.id("\(family.mark)\(number)"))\"")
            }
        }
        let deployment = try await Self.filled()
        try await deployment.commit(records, of: resource)
        let page = Self.page(deployment)
        func find(_ id: String) async throws -> Page.Answer {
            try await page.ask(
                "records/find", #"{"resource": "\#(name)", "where": {"\#(field)": "\#(id)"}, "limit": 2}"#)
        }
        let nobody = try await find(Family.id("nobody's"))
        let other = try await find(otherParent)
        #expect(Self.told(other) == Self.told(nobody) && other.status == nobody.status)
        let own = try await find(ownParent)
        #expect(own.status == 200 && own.text.contains("MARK-A") && own.json["next"]?.string != nil)
    }

    @Test("The other patient's page, context and changes", arguments: ["patient", "changes"])
    func named(_ route: String) async throws {
        let deployment = try await Self.filled()
        let page = Self.page(deployment)
        let more = route == "changes" ? #", "after": null"# : ""
        for id in [Self.b.id(.patients), Self.b.id(.patients).uppercased(), Family.id("nobody")] {
            let answer = try await page.ask(route, #"{"patient": "\#(id)"\#(more)}"#)
            #expect(answer.status == 403 && answer.error == "patient_mismatch")
            #expect(!answer.text.contains("MARK-"))
        }
        let own = try await page.ask(route, #"{"patient": "\#(Self.a.id(.patients).uppercased())"\#(more)}"#)
        #expect(own.status == 200, "\(own.text)")
    }

    @Test("Another launch's path, token, App and provider") func session() async throws {
        let deployment = try await Self.filled()
        let page = Self.page(deployment)
        let other = Page(deployment, worker: Self.b.worker, patient: Self.b.patient)
        #expect(try await page.ask("context", launch: other.session.launch).error == "session_invalid")
        #expect(try await page.ask("context", token: other.token).error == "session_invalid")
        #expect(try await page.ask("context", token: "").error == "session_missing")
        let video = Page(deployment, worker: Self.a.worker, patient: Self.a.patient, app: "video")
        #expect(try await video.ask("context").status == 404)
        let provider = Page(
            deployment, worker: Self.a.worker, patient: Self.a.patient,
            provider: ProviderID("6d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4")!)
        #expect(try await provider.ask("context").error == "other_provider")
        let later = Deployment.now + .seconds(901)
        #expect(try await page.ask("context", at: later).error == "session_expired")
        let own = try await page.ask("context")
        #expect(own.status == 200 && own.text.contains("MARK-A") && !own.text.contains("MARK-B"))
    }

    @Test(
        "Only from the App's own page", arguments: [nil, "null", "https://evil.example.org", "http://app.example.org"])
    func origin(_ origin: String?) async throws {
        let deployment = try await Self.filled()
        let answer = try await Self.page(deployment).ask("context", origin: origin)
        #expect(answer.status == 403 && answer.error == "origin_refused")
    }
}
