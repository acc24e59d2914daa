import DataAPI
import Testing

private let sampleMeta = """
    {"page[from]": "2018-09-12T01:27:32.123456+00:00", "page[to]": "2018-09-20T00:00:00.200000+00:00", "page[size]": 50}
    """
/// As in Welkin's own sample.
private let sampleHref =
    #""https://api.welkinhealth.com/v1/patients?page[from]=2018-09-12T01%3A27%3A32&page[%5B]size]=50&resource_name=patients""#

@Suite("The links of a page")
struct LinkTests {
    static let from = Instant("2018-09-10T00:00:00.100000")!
    static let to = Instant("2018-09-20T00:00:00.200000")!
    static let next = Instant("2018-09-12T01:27:32.123456")!
    static let request = FindRequest(
        .patients, page: PageRequest(from: from, to: to, size: 50))
    static let whole = PageRequest(from: next, to: to, size: 50)
    static let cut = PageRequest(from: Instant("2018-09-12T01:27:32")!, to: to, size: 50)

    private func page(_ links: String, _ request: FindRequest = request) throws -> Page {
        let body = #"{"data": [{"id": "1"}], "links": \#(links)}"#
        return try Page(parsing: Array(body.utf8), answering: request, origin: .welkin)
    }

    @Test(
        "give the next page from meta, wherever that stands",
        arguments: [
            #"{"next": {"href": \#(sampleHref), "meta": \#(sampleMeta)}}"#,
            #"{"next": {"meta": \#(sampleMeta)}, "current": {"meta": {"page[from]": "2018-09-10T00:00:00+00:00"}}}"#,
            #"{"meta": {"next": \#(sampleMeta), "current": null}, "href": {"next": \#(sampleHref)}}"#,
            #"{"next": \#(sampleHref), "meta": {"next": \#(sampleMeta)}}"#,
            #"{"next": {"href": null, "meta": \#(sampleMeta)}, "href": null, "meta": "none"}"#,
            #"{"next": {"href": "https://evil.example/v1/patients?page[from]=2019-01-01", "meta": \#(sampleMeta)}}"#,
            #"{"next": {"meta": {"page[from]": "2018-09-12 01:27:32.123456"}}}"#,
        ])
    func meta(links: String) throws {
        #expect(try page(links).continuation == .next(Self.whole))
    }

    @Test(
        "give the next page from href where there is no sound meta, with the request's end and size",
        arguments: [
            #"{"next": {"href": \#(sampleHref)}}"#,
            #"{"next": \#(sampleHref)}"#,
            #"{"href": {"next": \#(sampleHref), "current": "x"}}"#,
            #"{"next": {"href": \#(sampleHref), "meta": {"page[from]": "soon"}}}"#,
            #"{"next": {"href": \#(sampleHref), "meta": "x"}}"#,
            #"{"next": "/v1/patients?page%5Bfrom%5D=2018-09-12T01:27:32+00:00"}"#,
            #"{"next": "/v1/patients?page[%5B]from]=2018-09-12T01:27:32%2B00:00&page[to]=2018-09-20T00:00:00"}"#,
            #"{"next": "HTTPS://API.welkinhealth.com:443/v1/patients?page[from]=2018-09-12T01:27:32#x"}"#,
        ])
    func href(links: String) throws {
        #expect(try page(links).continuation == .next(Self.cut))
    }

    @Test("name what was wrong with them")
    func problems() throws {
        #expect(try page(#"{"next": {"meta": \#(sampleMeta)}}"#).linkProblems.isEmpty)
        #expect(Set(try page(#"{"next": \#(sampleHref)}"#).linkProblems) == [.garbledKey, .strayParameter, .lostEnd])
        #expect(try page(#"{"next": {"meta": {"page[from]": 7}}}"#).linkProblems == [.badValue])
        #expect(try page(#"{"next": 7}"#).linkProblems == [.unknownShape])
    }

    @Test(
        "tell an answer to another window, wherever that stands",
        arguments: [
            #"{"current": {"meta": \#(sampleMeta)}}"#,
            #"{"meta": {"current": {"page[from]": "2018-09-10T00:00:01.1Z"}}}"#,
            #"{"current": {"href": "/v1/patients?page[to]=2018-09-19T00:00:00"}}"#,
            #"{"current": "/v1/patients?page[%5B]from]=2018-09-09T23:59:59"}"#,
            #"{"current": {"meta": {"page[size]": 9}}, "href": {"current": "/v1/patients?page[to]=2018-09-21"}}"#,
        ])
    func otherWindow(links: String) throws {
        #expect(try page(links).linkProblems == [.otherWindow])
    }

    @Test(
        "are of the window that was asked when they say so to the second, or nothing",
        arguments: [
            #"{"current": {"meta": {"page[from]": "2018-09-10T00:00:00.1Z", "page[to]": "2018-09-20T00:00:00.2Z"}}}"#,
            #"{"current": {"href": "/v1/patients?page[from]=2018-09-10T00:00:00&page[to]=2018-09-20T00:00:00"}}"#,
            #"{"current": {"href": "https://evil.example/v1/patients?page[from]=2019-01-01", "meta": {}}}"#,
            #"{"meta": {"current": {"page[from]": "soon"}}}"#, #"{"current": 7}"#, "{}",
        ])
    func sameWindow(links: String) throws {
        #expect(try !page(links).linkProblems.contains(.otherWindow))
    }

    @Test(
        "that say nothing end the Find",
        arguments: [
            "null", "{}", #"{"next": null}"#, #"{"next": {}}"#, #"{"next": {"href": null, "meta": null}}"#,
            #"{"next": {"href": "", "meta": {}}}"#,
            #"{"current": {"meta": \#(sampleMeta)}, "meta": {"current": \#(sampleMeta)}}"#,
        ])
    func end(links: String) throws {
        #expect(try page(links).continuation == .end)
    }

    @Test("that are absent end the Find")
    func absent() throws {
        let page = try Page(parsing: Array(#"{"data": []}"#.utf8), answering: Self.request, origin: .welkin)
        #expect(page.continuation == .end)
    }

    @Test(
        "that lead elsewhere, or nowhere, are not taken for the end",
        arguments: [
            (#"{"next": "https://evil.example/v1/patients?page[from]=2018-09-12"}"#, LinkProblem.foreignOrigin),
            (#"{"next": "http://api.welkinhealth.com/v1/patients?page[from]=2018-09-12"}"#, .foreignOrigin),
            (#"{"next": "https://api.welkinhealth.com:444/v1/patients?page[from]=2018-09-12"}"#, .foreignOrigin),
            (
                #"{"next": "https://api.welkinhealth.com@evil.example/v1/patients?page[from]=2018-09-12"}"#,
                .foreignOrigin
            ),
            (
                #"{"next": "https://api.welkinhealth.com.evil.example/v1/patients?page[from]=2018-09-12"}"#,
                .foreignOrigin
            ),
            (#"{"next": "//evil.example/v1/patients?page[from]=2018-09-12"}"#, .foreignOrigin),
            (#"{"next": "/\\evil.example/v1/patients?page[from]=2018-09-12"}"#, .foreignOrigin),
            (#"{"next": "https://api.welkinhealth.com/v1/workers?page[from]=2018-09-12"}"#, .otherPath),
            (#"{"next": "https://api.welkinhealth.com/v1/patients?cursor=xyz"}"#, .strayParameter),
            (#"{"next": true}"#, .unknownShape),
            (#"[]"#, .unknownShape),
            (#""more""#, .unknownShape),
        ])
    func unclear(links: String, problem: LinkProblem) throws {
        let page = try page(links)
        #expect(page.continuation == .unclear)
        #expect(page.linkProblems.contains(problem))
    }

    @Test("never widen the window that was asked")
    func window() throws {
        let wide =
            #"{"next": {"meta": {"page[from]": "2018-01-01T00:00:00Z", "page[to]": "2019-01-01T00:00:00Z", "page[size]": 9}}}"#
        let page = try page(wide)
        #expect(page.continuation == .next(Self.request.page))
        #expect(page.linkProblems == [.leavesWindow])
    }

    @Test("may walk backwards, and an end that was cut to whole seconds keeps its whole second")
    func backwards() throws {
        let links =
            #"{"next": {"meta": {"page[from]": "2018-09-10T00:00:00.100000Z", "page[to]": "2018-09-15T00:00:00Z"}}}"#
        let to = Instant("2018-09-15T00:00:00.999999")!
        #expect(try page(links).continuation == .next(PageRequest(from: Self.from, to: to, size: 50)))
    }

    @Test(
        "may have further parameters of a page, which are sent back as they came",
        arguments: [
            #"{"next": {"meta": {"page[after]": "x/1", "page[from]": "2018-09-12T01:27:32.123456"}}}"#,
            #"{"next": "/v1/patients?page%5Bafter%5D=x/1&page[from]=2018-09-12T01:27:32.123456"}"#,
        ])
    func further(links: String) throws {
        var expected = Self.whole
        expected.further = [Filter("page[after]", "x/1")]
        #expect(try page(links).continuation == .next(expected))
        // The next link says what comes next, not the request.
        let request = Self.request.with(page: expected)
        #expect(try page(#"{"next": {"meta": \#(sampleMeta)}}"#, request).continuation == .next(Self.whole))
    }

    @Test("fill in what the request left open, and leave its filters alone")
    func open() throws {
        let request = FindRequest(.smsMessages, filters: [Filter("patient_id", "p")])
        let links = #"{"next": {"href": "/v1/sms_messages?patient_id=p&page[from]=2018-09-12&page[size]=50"}}"#
        let page = try page(links, request)
        #expect(page.continuation == .next(PageRequest(from: Instant("2018-09-12")!, size: 50)))
        #expect(page.linkProblems.isEmpty)
    }
}
