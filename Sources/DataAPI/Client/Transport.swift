import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import Platform

/// Sends one request and reads its complete answer, within limits of time and size. Follows no
/// redirects and retries nothing.
struct Transport: Sendable {
    private let http: HTTPClient
    private let origin: Origin
    private let proxy: Proxy?
    private let timeout: Duration
    private let maximumBytes: Int
    private let sleep: @Sendable (Duration) async throws -> Void

    init(_ settings: ClientSettings) {
        var configuration = settings.network.configuration(for: settings.origin)
        // The limit applies to the decompressed bytes, during decompression.
        configuration.decompression = .enabled(limit: .size(settings.maximumResponseBytes))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        origin = settings.origin
        proxy = settings.network.proxy(for: settings.origin)
        timeout = settings.requestTimeout
        maximumBytes = settings.maximumResponseBytes
        sleep = settings.time.sleep
    }

    func shutdown() async throws { try await http.shutdown() }

    /// - Parameter limit: overrides the time limit of the settings.
    func send(_ call: Call, within limit: Duration? = nil) async throws -> Answer {
        let limit = limit ?? timeout
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await exchange(call) }
            group.addTask {
                try await sleep(limit)
                return nil
            }
            guard let answer = try await group.next()! else {
                try Task.checkCancellation()
                throw DataAPIError(problem(.silent(limit)))
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
            throw await failure(error)
        }
    }

    private func request(_ call: Call) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(origin)\(call.target)")
        request.method = HTTPMethod(rawValue: call.method)
        request.headers.add(name: "accept", value: "application/json")
        // An answer that may be larger than the limit must not be decompressed all at once.
        request.headers.add(name: "accept-encoding", value: call.outlinesOversized ? "identity" : "gzip, deflate")
        request.headers.add(name: "user-agent", value: "welkin-apps/\(Version.text)")
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        if let body = call.body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }

    /// How many times the limit an answer may be if only its outline is kept.
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
        do {
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
                guard !page.isHopeless, page.byteCount <= maximumBytes * Self.outlineFactor else {
                    throw DataAPIError(tooLarge: answer)
                }
                answer.oversized = page
            }
        } catch NIOHTTPDecompression.DecompressionError.limit {
            throw DataAPIError(tooLarge: answer)
        } catch let error as NIOHTTPDecompression.ExtraDecompressionError where error == .truncatedData {
            throw DataAPIError(Page.Failure.truncated, answer)
        }
        // Some servers put a byte order mark before their JSON, against RFC 8259, section 8.1.
        if answer.body.starts(with: [0xEF, 0xBB, 0xBF]) { answer.body.removeFirst(3) }
        return answer
    }

    private func problem(_ kind: NetworkProblem.Kind) -> NetworkProblem {
        NetworkProblem(kind, of: origin, through: proxy)
    }

    private func failure(_ failure: any Error) async -> DataAPIError {
        DataAPIError(await NetworkProblem(explaining: failure, of: origin, through: proxy))
    }
}
