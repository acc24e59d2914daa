import HTTPTypes
import Hummingbird

/// The headers that every answer of the host carries.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    /// Only the App's origin may be framed and posted to; everything else must come from the host itself.
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
        // The browsers' default, made explicit: the App sees the host's origin, but not its paths,
        // which name patients. `no-referrer` would also make the launch's `Origin` null.
        response.headers[.referrerPolicy] = "strict-origin-when-cross-origin"
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = Self("Referrer-Policy")!
}

/// Renders a route's errors as pages.
struct ErrorPages<Context: RequestContext>: RouterMiddleware {
    let render: @Sendable (HostPage, HTTPResponse.Status) -> Response

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError where error.status == .notFound {
            return render(
                .problem("Page not found", "Or its patient is not in your care."),
                .notFound)
        } catch let error as any HTTPResponseError {
            return render(
                .problem(
                    "The request failed",
                    "The simulator refused it: \(error.status.code) \(error.status.reasonPhrase)."),
                error.status)
        }
    }
}

/// Rejects requests whose `Host` is not one of this machine's own names.
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

/// Redirects a browser that uses another name of this machine to the one that the App allows.
struct OneName<Context: RequestContext>: RouterMiddleware {
    let name: String

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        // Programs get their answer under any name.
        guard request.method == .get, request.headers[.accept]?.contains("text/html") == true,
            let address = request.head.authority.flatMap(ListenAddress.init(authority:)),
            address.host.lowercased() != name
        else { return try await next(request, context) }
        let port = address.port == 0 ? "" : ":\(address.port)"
        return .redirect(to: "http://\(name)\(port)\(request.uri.path)", type: .temporary)
    }
}
