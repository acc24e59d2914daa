import DataService
import Identifiers
import Records
import StrictJSON
import Testing

/// Pages that wait for a change.
@Suite("Changes")
struct ChangesTests {
    private static let (a, b) = (Family(mark: "A"), Family(mark: "B"))

    private static func page(waits: Bool = true) async throws -> Page {
        let deployment = try Deployment(waits: waits)
        try await deployment.fill([a, b])
        return Page(deployment, worker: a.worker, patient: a.patient)
    }

    private static func newer(_ family: Family) -> String {
        family.record(of: .visits).replacing("2026-01-02T08", with: "2026-01-02T09")
    }

    private static func version(_ page: Page) async throws -> String {
        try #require(try await page.ask("changes", #"{"after": null}"#).json["version"]?.string)
    }

    private static func wait(_ page: Page, after version: String) async throws -> Page.Answer {
        try await page.ask("changes", #"{"after": "\#(version)"}"#)
    }

    /// Until the page waits.
    private static func isWaiting(_ page: Page) async throws {
        while page.deployment.board.count == 0 { await Task.yield() }
    }

    @Test("A change of the own patient ends the wait; another's does not") func change() async throws {
        let page = try await Self.page()
        let version = try await Self.version(page)
        async let answer = Self.wait(page, after: version)
        try await Self.isWaiting(page)
        try await page.deployment.commit([Self.newer(Self.b)], of: .visits)
        page.deployment.board.look()
        #expect(page.deployment.board.count == 1)
        try await page.deployment.commit([Self.newer(Self.a)], of: .visits)
        page.deployment.board.look()
        let told = try await answer
        #expect(told.json["patient_changed"]?.bool == true && told.json["schedule_changed"]?.bool == false)
        #expect(told.json["version"]?.string != version && told.json["wait"] == nil)
    }

    @Test("A change before the wait is told at once") func before() async throws {
        let page = try await Self.page()
        let version = try await Self.version(page)
        try await page.deployment.commit([Self.newer(Self.a)], of: .visits)
        #expect(try await Self.wait(page, after: version).json["patient_changed"]?.bool == true)
    }

    @Test(
        "An unknown version is told to ask everything again", arguments: ["x", "none.0", "0123456789abcdef.1", "1"])
    func unknown(_ version: String) async throws {
        let page = try await Self.page()
        let answer = try await Self.wait(page, after: version)
        #expect(answer.status == 200 && answer.json["reset"]?.bool == true)
        let current = try await Self.version(page)
        #expect(answer.json["version"]?.string == current)
    }

    @Test("A newer wait of the launch ends the older one") func newer() async throws {
        let page = try await Self.page()
        let version = try await Self.version(page)
        async let first = Self.wait(page, after: version)
        try await Self.isWaiting(page)
        async let second = Self.wait(page, after: version)
        #expect(try await first.json["patient_changed"]?.bool == false)
        page.deployment.board.close()
        #expect(try await second.json["patient_changed"]?.bool == false)
    }

    @Test("The end of the service ends every wait, and later ones at once") func close() async throws {
        let page = try await Self.page()
        let version = try await Self.version(page)
        async let answer = Self.wait(page, after: version)
        try await Self.isWaiting(page)
        page.deployment.board.close()
        #expect(try await answer.json["version"]?.string == version)
        #expect(try await Self.wait(page, after: version).json["version"]?.string == version)
    }

    @Test("Pages that go away at any moment leave no wait") func cancelled() async throws {
        let page = try await Self.page()
        let version = try await Self.version(page)
        for pause in 0..<300 {
            let other = Page(page.deployment, worker: Self.a.worker, patient: Self.a.patient)
            let wait = Task { try await Self.wait(other, after: version) }
            for _ in 0..<pause { await Task.yield() }
            wait.cancel()
            // Nobody reads what it says; it must come, and only once.
            #expect(try await wait.value.status == 200)
        }
        #expect(page.deployment.board.count == 0)
        #expect(page.deployment.logged.isEmpty, "for the operator, nothing has failed")
    }

    @Test("Where nothing can wait, the answer says so") func cgi() async throws {
        let page = try await Self.page(waits: false)
        let version = try await Self.version(page)
        let answer = try await Self.wait(page, after: version)
        #expect(answer.json["wait"]?.bool == false && answer.json["patient_changed"]?.bool == false)
        try await page.deployment.commit([Self.newer(Self.a)], of: .visits)
        #expect(try await Self.wait(page, after: version).json["patient_changed"]?.bool == true)
    }

    @Test("A page without a patient hears of its schedule") func schedule() async throws {
        let deployment = try Deployment()
        try await deployment.fill([Self.a])
        let page = Page(deployment, worker: Self.a.worker, patient: nil)
        let version = try await Self.version(page)
        let event = Self.a.record(of: .calendarEvents).replacing("2026-01-02T08", with: "2026-01-02T09")
        try await deployment.commit([event], of: .calendarEvents)
        let told = try await Self.wait(page, after: version)
        #expect(told.json["schedule_changed"]?.bool == true && told.json["patient_changed"]?.bool == false)
    }
}
