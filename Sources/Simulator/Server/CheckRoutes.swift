import Platform
import Records
import Hummingbird

/// Checks the App for the page, which cannot see what its frame shows. Both routes answer with an
/// ``AppReport``, and contact only the App that the simulator was started for.
extension HostRoutes {
    func addChecks(to router: Router<BasicRequestContext>) {
        router.post("/check/reach") { request, _ in try await reach(request) }
        router.post("/check/launch") { request, _ in try await checkLaunch(request) }
    }

    /// Whether the App is running. It gets a connection and no request.
    private func reach(_ request: Request) async throws -> Response {
        try await withLaunch(asked: request) { _, _ in
            let visitor = visitor(for: request)
            let trouble = await visitor.knock().map(AppTrouble.unreachable)
            if trouble != nil { seen.forget() }
            let report = AppReport(visits: [], trouble: trouble, app: settings.appURL.place, host: visitor.host)
            return Self.json(report.json(seen: seen.contains(visitor.host)), status: .ok)
        }
    }

    /// Launches the App as the page does; the fields are those of ``LaunchForm``.
    private func checkLaunch(_ request: Request) async throws -> Response {
        try await withLaunch(asked: request) { form, patientID in
            let now = now()
            var form = form
            // Not the page's own token, which an App may accept only once.
            form.expireEarlier()
            let visitor = visitor(for: request)
            let check = AppCheck(app: settings.appURL.place, host: visitor.host, visit: visitor.visit)
            let report = await check.launch(token(settings.claims(patientID: patientID, now: now), form, at: now))
            seen.note(report)
            return Self.json(report.json(seen: seen.contains(visitor.host)), status: .ok)
        }
    }

    private func visitor(for request: Request) -> AppVisitor {
        // A browser sends its page's origin; other clients only the Host that they requested.
        let name = request.headers[.origin] ?? "http://\(request.head.authority ?? "localhost")"
        return AppVisitor(
            app: settings.appURL, authorities: settings.authorities, host: Origin.of(name) ?? settings.appURL.place)
    }
}
