import Records
import Dispatch
import Glibc
import Hummingbird
import HummingbirdTesting
import Simulator
import Testing

@Suite("Connections that break on purpose")
struct ConnectionFaultTests {
    /// How a connection ended.
    enum End: Equatable, Sendable { case closed, reset }

    /// What came over a connection until it ended, or until `enough` says so.
    struct Received: Sendable {
        let bytes: [UInt8]
        /// Nil where it was still open.
        let end: End?
        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// What follows the head.
        var body: Substring { text.firstRange(of: "\r\n\r\n").map { text[$0.upperBound...] } ?? "" }
        var length: Int? {
            text.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) }
        }
    }

    /// Sends a request over a bare socket, away from the threads that the server runs on.
    private static func exchange(_ port: Int, _ request: String, closes: Bool = true) async -> Received {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: receive(port, request, closes: closes)) }
        }
    }

    private static func receive(_ port: Int, _ request: String, closes: Bool) -> Received {
        guard let socket = connected(port) else { return Received(bytes: [], end: nil) }
        defer { close(socket) }
        guard write(socket, request, request.utf8.count) > 0 else { return Received(bytes: [], end: .reset) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(socket, &buffer, buffer.count)
            if count == 0 { return Received(bytes: bytes, end: .closed) }
            if count < 0 { return Received(bytes: bytes, end: errno == ECONNRESET ? .reset : nil) }
            bytes += buffer.prefix(count)
            let received = Received(bytes: bytes, end: nil)
            if !closes, let length = received.length, received.body.utf8.count >= length { return received }
        }
    }

    /// A socket that is connected to `localhost`, by whichever of its addresses is listened on.
    private static func connected(_ port: Int) -> Int32? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo("localhost", String(port), &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        for address in sequence(first: found, next: { $0?.pointee.ai_next }).compactMap(\.?.pointee) {
            let socket = Glibc.socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            if connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return socket }
            close(socket)
        }
        return nil
    }

    /// Serves on a real socket, with one fault for Find, and asks for a page of patients.
    private func page(_ fault: String, _ more: [String: JSON] = [:], closes: Bool = true) async throws -> Received {
        let provider = APIProvider(APISeed(), client: APISession.client, now: { APISession.now })
        let received = Box()
        try await Application(responder: APIResponder(provider)).test(.live) { http in
            let port = try #require(http.port)
            var session = APISession(http: http)
            session.token = try await session.newToken(scope: "all")
            try await session.fault(more.merging(["fault": .string(fault), "path": "/v1/patients"]) { $1 })
            let request = """
                GET /v1/patients HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(session.token)\r\n\r\n
                """
            await received.set(Self.exchange(port, request, closes: closes))
            // It goes on answering others.
            #expect(try await session.find("visits").status == 200)
        }
        return try #require(await received.value)
    }

    private actor Box {
        var value: Received?
        func set(_ value: Received) { self.value = value }
    }

    @Test("are reset before any byte")
    func before() async throws {
        let received = try await page("reset_before")
        #expect(received.bytes.isEmpty && received.end == .reset)
    }

    @Test("are reset within the body")
    func within() async throws {
        let received = try await page("reset_within")
        #expect(received.end == .reset)
        // A reset may overtake what was sent; more than half never comes.
        if let length = received.length { #expect(received.body.utf8.count <= length / 2) }
    }

    @Test("are reset behind the body")
    func after() async throws {
        let received = try await page("reset_after")
        #expect(received.end == .reset)
    }

    @Test("end in good order with half of the body")
    func truncated() async throws {
        let received = try await page("truncated")
        #expect(received.end == .closed)
        let length = try #require(received.length)
        #expect(received.body.utf8.count == length / 2)
    }

    @Test("bring a body slowly, but whole")
    func slow() async throws {
        let received = try await page("slow", ["milliseconds": 1], closes: false)
        #expect(received.end == nil)
        #expect(received.body.utf8.count == received.length)
    }

    @Test("stay open when nothing is wrong")
    func twin() async throws {
        let received = try await page("deprecated", closes: false)
        #expect(received.end == nil && received.text.hasPrefix("HTTP/1.1 200"))
        #expect(received.body.utf8.count == received.length)
    }
}
