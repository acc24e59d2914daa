import Records
package import Hummingbird
import NIOCore
import StrictJSON

/// Answers the Data API's requests, and control requests.
package struct APIResponder: HTTPResponder {
    package typealias Context = APIContext

    /// Uploaded files count too.
    private static let longestBody = 32 << 20
    let provider: APIProvider

    package init(_ provider: APIProvider) {
        self.provider = provider
    }

    package func respond(to request: Request, context: APIContext) async throws -> Response {
        let path = request.uri.path
        if path.hasPrefix("/_control/") { return await APIControl(provider).respond(to: request) }
        let faults = provider.with { state in
            state.requests.begin()
            return state.faults.take(method: request.method.rawValue, path: path)
        }
        var status = 0
        defer {
            provider.with { $0.count(method: request.method.rawValue, path: APIPath(path), status: status) }
        }
        if faults.contains(where: { $0.fault == .resetBefore }) {
            try await BrokenBody.reset(context.channel)
            throw BrokenBody.Broken()
        }
        var answer: APIAnswer
        if let rule = faults.first(where: { [.status, .html].contains($0.fault) }) {
            answer = FaultAnswer.answer(rule, now: provider.with { $0.clock.now })
        } else {
            answer = try await self.answer(request, faults)
        }
        status = answer.status
        for rule in faults { FaultAnswer.mark(&answer, rule) }
        return FaultAnswer.response(answer, faults, context.channel)
    }

    private func answer(_ request: Request, _ faults: [FaultRule]) async throws -> APIAnswer {
        do {
            guard let path = APIPath(request.uri.path) else {
                throw APIRefusal(.notFound, "This path does not exist.")
            }
            let body = Array(try await request.body.collect(upTo: Self.longestBody).readableBytesView)
            if path.resource == "token", path.rest == nil, request.method == .post {
                return try token(request, body)
            }
            return try answer(request, path, body, faults)
        } catch let refusal as APIRefusal {
            return APIAnswer(refusal)
        } catch let error as any HTTPResponseError {
            return APIAnswer(
                error.status.code,
                ByteBuffer(
                    bytes: APIRefusal.body(
                        status: error.status.code, code: "bad_request", detail: error.status.reasonPhrase)))
        }
    }

    /// `http://host:port`, from the request.
    private func origin(_ request: Request) -> String {
        provider.publicURL ?? "http://\(request.head.authority ?? "localhost")"
    }

    private func token(_ request: Request, _ body: [UInt8]) throws -> APIAnswer {
        let isJSON = request.headers[.contentType]?.hasPrefix("application/json") ?? false
        let token = try TokenRequest(body, isJSON: isJSON)
        let audience = "\(origin(request))/v1/token"
        let text = try provider.with { state in
            let now = state.clock.now
            let scopes = try token.scopes(client: provider.client, audience: audience, now: now)
            return state.tokens.issue(scopes, now: now, until: now + Int64(state.settings.tokenLifetime) * .second)
        }
        let lifetime = provider.with { $0.settings.tokenLifetime }
        let json = #"{"access_token":"\#(text)","token_type":"bearer","expires_in":\#(lifetime)}"#
        return APIAnswer(200, ByteBuffer(string: json))
    }

    private func answer(
        _ request: Request, _ path: APIPath, _ body: [UInt8], _ faults: [FaultRule]
    ) throws -> APIAnswer {
        let call = APICall(
            path: path, method: request.method, query: request.uri.query ?? "", body: body,
            type: request.headers[.contentType], authorization: request.headers[.authorization],
            origin: origin(request), faults: faults)
        return try provider.with { try call.answer(&$0) }
    }
}
