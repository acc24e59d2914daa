import HTTPTypes
import Hummingbird

/// The headers that every answer of the host carries.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    /// Only the App's origin may be framed and posted to; all else comes from the host itself.
    let policy: String

    init(appOrigin: String) {
        policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
            "connect-src 'self'", "frame-src \(appOrigin)", "form-action \(appOrigin)",
            "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        // The browsers' own default, said aloud: the App sees the host's origin, never its paths,
        // which name patients. `no-referrer` would also make the launch's `Origin` null.
        response.headers[.referrerPolicy] = "strict-origin-when-cross-origin"
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = Self("Referrer-Policy")!
}

/// Turns what a route throws into a page like all the others.
struct ErrorPages<Context: RequestContext>: RouterMiddleware {
    let render: @Sendable (HostPage, HTTPResponse.Status) -> Response

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError where error.status == .notFound {
            return render(
                .problem("There is no such page", "Or it is of a patient who is not in your care."),
                .notFound)
        } catch let error as any HTTPResponseError {
            return render(
                .problem(
                    "That did not work",
                    "The request was refused: \(error.status.code) \(error.status.reasonPhrase)."),
                error.status)
        }
    }
}

/// Answers requests only when they were addressed to this machine by one of its own names.
struct LoopbackHosts<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if let authority = request.head.authority, !ListenAddress.isLoopback(authority: authority) {
            throw HTTPError(.misdirectedRequest)
        }
        return try await next(request, context)
    }
}

/// Leads a browser that opens a page by another name of this machine to the one that the App allows.
struct OneName<Context: RequestContext>: RouterMiddleware {
    let name: String

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        // Programs that ask by an address get their answer.
        guard request.method == .get, request.headers[.accept]?.contains("text/html") == true,
            let address = request.head.authority.flatMap(ListenAddress.init(authority:)),
            address.host.lowercased() != name
        else { return try await next(request, context) }
        let port = address.port == 0 ? "" : ":\(address.port)"
        return .redirect(to: "http://\(name)\(port)\(request.uri.path)", type: .temporary)
    }
}
