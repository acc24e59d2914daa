import DataAPI
import Testing

@Suite("A page request")
struct PageRequestTests {
    static let early = Instant("2018-09-12T01:27:32.5")!
    static let late = Instant("2018-09-13T00:00:00.25")!

    @Test(
        "is stored as text, and read again",
        arguments: [
            PageRequest(), PageRequest(from: early, to: late, size: 100), PageRequest(to: late),
            PageRequest(size: 1), PageRequest(from: early),
            PageRequest(to: late, further: [Filter("page[after]", "a/b?c&d=é"), Filter("x", "")]),
        ])
    func stored(request: PageRequest) {
        #expect(PageRequest(request.description) == request)
    }

    @Test(
        "is not read from anything else", arguments: ["", "-/-", "-/-/0", "-/-/-/-", "now/-/-", "-/later/-", "-/-/x"])
    func refused(text: String) {
        #expect(PageRequest(text) == nil)
    }

    @Test("advances when it begins later or ends sooner, and not otherwise")
    func advances() {
        let request = PageRequest(from: Self.early, to: Self.late, size: 100)
        #expect(PageRequest(from: Self.early + .microseconds(1), to: Self.late).advances(from: request))
        #expect(PageRequest(from: Self.early, to: Self.late - .microseconds(1)).advances(from: request))
        #expect(PageRequest(from: Self.early).advances(from: PageRequest()))
        #expect(!request.advances(from: request))
        let further = PageRequest(from: Self.early, to: Self.late, further: [Filter("page[after]", "1")])
        #expect(further.advances(from: request))
        #expect(!further.advances(from: further))
        #expect(!request.advances(from: further))
        #expect(!PageRequest(from: Self.early, to: Self.late, size: 500).advances(from: request))
        #expect(!PageRequest(from: Self.early - .seconds(1), to: Self.late).advances(from: request))
    }
}
