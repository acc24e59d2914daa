import AsyncHTTPClient
import DataAPI
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform

/// Asks the App as a browser would, but one request at a time: it follows no redirect by itself and reads no more of
/// a body than its first piece. It asks the App's own origin and nobody else.
struct AppVisitor: Sendable {
    /// How long a connection may take.
    static let connectTime = Duration.seconds(3)
    /// How long an answer may take. Welkin asks for one second.
    static let answerTime = Duration.seconds(5)

    let app: AppURL
    let authorities: [String]
    /// Of the page that frames the App.
    let host: Origin

    /// Whether something listens where the App should: connects, and says nothing. Nil when it does.
    func knock() async -> NetworkProblem.Kind? {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.init(Self.connectTime))
        do {
            let (name, port) = (app.place.nameToResolve, app.place.port)
            let channel = try await bootstrap.connect(host: name, port: port).get()
            try? await channel.close()
            return nil
        } catch {
            return NetworkProblem.Kind(error)
        }
    }

    /// One request.
    func visit(_ request: AppVisit.Request) async -> AppVisit {
        let call = call(request)
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = await outcome(of: call)
        return AppVisit(
            method: call.method.rawValue, url: call.url, outcome: outcome, time: start.duration(to: clock.now))
    }

    private func call(_ request: AppVisit.Request) -> HTTPClientRequest {
        var call: HTTPClientRequest
        switch request {
        case .launch(let token):
            call = HTTPClientRequest(url: "\(app.place)\(app.path)")
            call.method = .POST
            call.headers.add(name: "origin", value: "\(host)")
            call.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            call.body = .bytes(ByteBuffer(string: token.form))
        case .page(let url, let cookies):
            call = HTTPClientRequest(url: url)
            if !cookies.isEmpty {
                let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                call.headers.add(name: "cookie", value: pairs.joined(separator: "; "))
            }
        }
        for (name, value) in [
            ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("referer", "\(host)/"),
            ("sec-fetch-dest", "iframe"), ("sec-fetch-mode", "navigate"), ("sec-fetch-site", "cross-site"),
            ("user-agent", "welkin-simulator (looks why a frame may be empty)"),
        ] { call.headers.add(name: name, value: value) }
        return call
    }

    private func outcome(of call: HTTPClientRequest) async -> AppVisit.Outcome {
        var configuration = NetworkSettings(authorities: authorities).configuration(for: app.place)
        configuration.timeout.connect = .init(Self.connectTime)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome: AppVisit.Outcome
        do {
            outcome = .answer(try await answer(client.execute(call, timeout: .init(Self.answerTime))))
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            outcome = .failure(.silent(Self.answerTime))
        } catch {
            outcome = .failure(await NetworkProblem(explaining: error, of: app.place).kind)
        }
        try? await client.shutdown()
        return outcome
    }

    private func answer(_ response: HTTPClientResponse) async throws -> AppAnswer {
        var hasBody = false
        for try await part in response.body where part.readableBytes > 0 {
            hasBody = true
            break
        }
        return AppAnswer(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, hasBody: hasBody)
    }
}
