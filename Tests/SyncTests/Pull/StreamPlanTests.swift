import DataAPI
import Replica
import Sync
import Testing

@Suite("A plan of streams")
struct StreamPlanTests {
    @Test("has one stream a resource, and one a value of a required filter")
    func streams() {
        let plan = StreamPlan(
            of: [.patients, .auditLogs, .alerts], filterValues: ["audit_logs": ["login", "logout"]])
        #expect(
            plan.streams.map(\.id.description) == [
                "patients", "audit_logs?event_type=login", "audit_logs?event_type=logout",
                "alerts?alert_type=app_message",
            ])
        #expect(plan.skipped.isEmpty)
    }

    @Test("leaves out what has no value for its filter, and what has no records")
    func skipped() {
        let plan = StreamPlan(of: Catalogue.resources, filterValues: ["alerts": ["a", "b"]])
        #expect(plan.streams.count == Catalogue.resources.count - 2 + 1)
        #expect(plan.skipped.map(\.resource) == ["audit_logs", "availability"])
        #expect(plan.skipped.map(\.reason) == [.filterNotSet(name: "event_type"), .noRecords])
    }
}
