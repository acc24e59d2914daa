internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Sends one request and reads its whole answer, within limits of time and size. Follows no
/// redirects and repeats nothing.
struct Transport: Sendable {
    private let http: HTTPClient
    private let origin: Origin
    private let timeout: Duration
    private let maximumBytes: Int
    private let sleep: @Sendable (Duration) async throws -> Void

    init(_ settings: ClientSettings) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        // Repeating is decided in one place, which is not the pool.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        origin = settings.origin
        timeout = settings.requestTimeout
        maximumBytes = settings.maximumResponseBytes
        sleep = settings.time.sleep
    }

    func shutdown() async throws { try await http.shutdown() }

    func send(_ call: Call) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await exchange(call) }
            group.addTask {
                try await sleep(timeout)
                return nil
            }
            guard let answer = try await group.next()! else {
                try Task.checkCancellation()
                var error = DataAPIError(.timedOut)
                error.mayHaveBeenReceived = true
                throw error
            }
            return answer
        }
    }

    private func exchange(_ call: Call) async throws -> Answer {
        do {
            let response = try await http.execute(request(call), timeout: .nanoseconds(.max / 2))
            return try await read(response, outlinesOversized: call.outlinesOversized)
        } catch let error as DataAPIError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw Self.failure(error)
        }
    }

    private func request(_ call: Call) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(origin)\(call.target)")
        request.method = HTTPMethod(rawValue: call.method)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "welkin-apps")
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        if let body = call.body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }

    /// How many times the limit an answer may have whose outline alone is kept.
    private static let outlineFactor = 64

    private func read(_ response: HTTPClientResponse, outlinesOversized: Bool) async throws -> Answer {
        let headers = response.headers
        var answer = Answer(status: Int(response.status.code))
        answer.contentType = headers.first(name: "content-type")
        answer.retryAfter = headers.first(name: "retry-after")
        answer.date = headers.first(name: "date").flatMap { HTTPDate.parse($0) }
        answer.isDeprecated = headers.contains(name: "x-api-deprecated")
        answer.isDiscontinued = headers.contains(name: "x-api-discontinued")
        let declared = headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        let isOutlined = outlinesOversized && answer.status == 200
        guard declared <= maximumBytes || isOutlined else { throw DataAPIError(tooLarge: answer) }
        answer.body.reserveCapacity(min(declared, maximumBytes))
        for try await part in response.body {
            guard answer.oversized != nil || answer.body.count + part.readableBytes > maximumBytes else {
                answer.body.append(contentsOf: part.readableBytesView)
                continue
            }
            guard isOutlined else { throw DataAPIError(tooLarge: answer) }
            var page = answer.oversized ?? OversizedPage()
            answer.oversized = nil
            page.read(answer.body)
            answer.body = []
            page.read(part.readableBytesView)
            guard page.byteCount <= maximumBytes * Self.outlineFactor else { throw DataAPIError(tooLarge: answer) }
            answer.oversized = page
        }
        return answer
    }

    private static func failure(_ failure: any Error) -> DataAPIError {
        var error = DataAPIError(isTimeout(failure) ? .timedOut : .connection)
        // These name hosts, ports and system errors, never the address that was asked; what the
        // library's own errors carry besides, such as a header's value, is left out.
        error.cause = (failure as? HTTPClientError)?.shortDescription ?? String(describing: failure)
        error.mayHaveBeenReceived = !isBeforeSending(failure)
        return error
    }

    private static func isBeforeSending(_ error: any Error) -> Bool {
        error is NIOConnectionError || (error as? IOError)?.errnoCode == ECONNREFUSED || isTimeout(error)
    }

    /// The time limits of the client itself all lie before a request is sent.
    private static func isTimeout(_ error: any Error) -> Bool {
        let timeouts: [HTTPClientError] = [.connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout]
        return (error as? HTTPClientError).map { timeouts.contains($0) } ?? false
    }
}
