import DataAPI
import Testing

@Suite("The catalogue")
struct CatalogueTests {
    @Test("has 29 resources with 101 operations, in order and without doubles")
    func counts() {
        let names = Catalogue.resources.map(\.name)
        #expect(names.count == 29)
        #expect(names == names.sorted())
        #expect(Set(names).count == 29)
        #expect(Catalogue.resources.map(\.operations.count).reduce(0, +) == 101)
        #expect(Catalogue.resources.map(\.fields.count).reduce(0, +) == 264)
        #expect(Catalogue.errorCodes.count == 8)
        #expect(Catalogue.batchPairs.count == 18)
    }

    @Test(
        "offers each kind of operation as often as the reference does",
        arguments: [
            (Operation.Kind.get, 28),
            (.find, 29),
            (.findByPost, 1),
            (.create, 21),
            (.update, 15),
            (.delete, 6),
            (.upload, 1),
        ])
    func kinds(kind: Operation.Kind, count: Int) {
        #expect(Catalogue.resources.count { $0.operation(kind) != nil } == count)
    }

    @Test("knows which resources carry no updated_at")
    func cursors() {
        let without = Catalogue.resources.filter { $0.cursorField == nil }.map(\.name)
        #expect(
            without == [
                "alerts", "audit_logs", "availability", "external_ids", "file_attachments", "file_uploads",
            ])
        for resource in Catalogue.resources where resource.cursorField != nil {
            #expect(resource.field("updated_at")?.type == .dateTime, "\(resource.name)")
        }
    }

    @Test("knows which resources cannot be written, and which scopes they need")
    func scopes() {
        let readOnly = Catalogue.resources.filter { $0.writeScope == nil }.map(\.name)
        #expect(
            readOnly == [
                "audit_logs", "availability", "calendars", "calls", "care_flows", "file_uploads",
                "integration_tasks", "working_hours",
            ])
        #expect(Resource.patients.readScope == "patients.read")
        #expect(Resource.patients.writeScope == "patients.write")
    }

    @Test("knows which filters Find cannot do without")
    func requiredFilters() {
        let required = Catalogue.resources.filter { !$0.requiredFilters.isEmpty }
        #expect(required.map(\.name) == ["alerts", "audit_logs", "availability"])
        #expect(required.map(\.requiredFilters) == [["alert_type"], ["event_type"], ["end", "start"]])
        #expect(Resource.availability.alternativeFilters == ["calendar_id", "worker_id"])
        #expect(Catalogue.resources.filter { !$0.isWindowed } == [.availability])
        #expect(Resource.alerts.operation(.find)?.parameter("alert_type")?.values == ["app_message"])
    }

    @Test("takes a deprecated parameter for optional, whatever the reference says")
    func deprecated() {
        let parameter = Resource.calendarEvents.operation(.create)?.parameter("user_id")
        #expect(parameter?.isDeprecated == true)
        #expect(parameter?.isRequired == false)
        #expect(Resource.calendarEvents.operation(.create)?.parameter("patient_id")?.isRequired == true)
    }

    @Test("has a type for each field, and submodels where there are any")
    func fields() {
        #expect(Resource.patients.fields.count == 25)
        #expect(Resource.patients.field("smokes")?.type == .boolean)
        #expect(Resource.workers.field("role_ids")?.type == .listOfStrings)
        #expect(Resource.calls.field("duration")?.type == .integer)
        #expect(Resource.careFlows.submodels.map(\.name) == ["care_flow", "goal", "intervention"])
        #expect(Resource.integrationTasks.submodels.map(\.name) == ["integration-errors"])
    }

    @Test("pairs resources for batch creation with others of the catalogue, and knows the pointers")
    func batchPairs() {
        for pair in Catalogue.batchPairs {
            #expect(Catalogue.resource(named: pair.base) != nil)
            #expect(Catalogue.resource(named: pair.sub) != nil)
            let pointing = Catalogue.resource(named: pair.isMany ? pair.sub : pair.base)
            #expect(!pair.pointers.isEmpty)
            for pointer in pair.pointers {
                #expect(pointing?.operation(.create)?.parameter(pointer) != nil, "\(pair.base) \(pair.key)")
            }
        }
        #expect(Resource.patients.batchPairs.count == 4)
    }

    @Test("finds a resource by its name, and makes one up only for names that are safe")
    func names() {
        #expect(Catalogue.resource(named: "sms_messages") == .smsMessages)
        #expect(Catalogue.resource(named: "pagers") == nil)
        let unknown = Resource.unknown("pagers")
        #expect(unknown?.isKnown == false)
        #expect(unknown?.cursorField == "updated_at")
        #expect(unknown?.isWindowed == true)
        #expect(unknown?.operations.map(\.kind) == [.get, .find])
        for name in ["", "Pagers", "pagers/../patients", "1st", "pager s", String(repeating: "a", count: 64)] {
            #expect(Resource.unknown(name) == nil, "\(name)")
        }
    }
}
