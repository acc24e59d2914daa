import Foundation
import Simulator
import Testing

@Suite("The demo clinic")
struct ClinicTests {
    private static let clinic = Clinic.demo()

    @Test("has GUIDs that are GUIDs, and all different")
    func identifiers() {
        let ids =
            Self.clinic.patients.map(\.id) + [Self.clinic.worker.id, Clinic.demoProviderID]
        #expect(ids.allSatisfy { UUID(uuidString: $0) != nil && $0 == $0.lowercased() })
        #expect(Set(ids).count == ids.count)
    }

    @Test("has telephone numbers that are kept free for fiction only")
    func numbers() {
        for number in Self.clinic.patients.flatMap(\.phoneNumbers) {
            #expect(number.number.wholeMatch(of: /\(\d{3}\) 555-01\d\d/) != nil, "\(number)")
        }
    }

    @Test("has telephone numbers whose ids are the same in every run, and each its own")
    func numberIDs() {
        let ids = Self.clinic.patients.flatMap { $0.phoneNumbers.map(\.id) }
        #expect(ids == Clinic.demo().patients.flatMap { $0.phoneNumbers.map(\.id) })
        #expect(Set(ids).count == ids.count)
    }

    @Test("has messages from patients whom it knows")
    func messages() {
        #expect(Self.clinic.inbox.allSatisfy { Self.clinic.patient($0.patientID) != nil })
        #expect(Self.clinic.unread == 3)
    }

    @Test("can have another worker logged in")
    func worker() {
        #expect(Clinic.demo(workerID: "w-1").worker.id == "w-1")
        #expect(Clinic.demo(workerID: "w-1").worker.name == "Nora Lindqvist")
    }
}

@Suite("Interpolated HTML")
struct HTMLTests {
    @Test("escapes text, and keeps HTML")
    func escapes() {
        let name = #"<b onclick="x">&'</b>"#
        let bold: HTML = "<b>\(name)</b>"
        let list: HTML = "<p>\([bold, bold]) \(3)</p>"
        let escaped = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;"
        #expect(bold.text == "<b>\(escaped)</b>")
        #expect(list.text == "<p>\(bold.text)\(bold.text) 3</p>")
    }
}
