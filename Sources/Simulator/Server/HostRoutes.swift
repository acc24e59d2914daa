package import Hummingbird

/// The host page's routes: the pages, the assets, and the launch.
package struct HostRoutes: Sendable {
    let settings: HostSettings
    /// Seconds since 1970.
    let now: @Sendable () -> Int
    /// What Apps wrote and who calls; nil without a data listener.
    let live: LiveClinic?
    /// The pages that have shown the App.
    let seen = AppsSeen()

    package init(settings: HostSettings, now: @escaping @Sendable () -> Int, live: LiveClinic? = nil) {
        self.settings = settings
        self.now = now
        self.live = live
    }

    /// The router with all routes and middleware.
    package func router() -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders(appOrigin: settings.appURL.origin))
        router.add(middleware: ErrorPages(render: render))
        if !settings.answersEveryHost { router.add(middleware: LoopbackHosts()) }
        if let name = settings.name { router.add(middleware: OneName(name: name)) }

        router.get("/") { _, _ in Response.redirect(to: "/patients", type: .normal) }
        router.get("/patients") { _, _ in render(.patients(settings.clinic)) }
        router.get("/patients/:id") { _, context in
            guard let patient = try settings.clinic.patient(context.parameters.require("id")) else {
                throw HTTPError(.notFound)
            }
            return render(.patient(live?.current(patient) ?? patient, clinic: settings.clinic))
        }
        router.get("/inbox") { _, _ in render(.inbox(settings.clinic)) }
        router.get("/workers/:id") { _, context in
            guard let worker = try settings.clinic.worker(context.parameters.require("id")) else {
                throw HTTPError(.notFound)
            }
            return render(.worker(worker, clinic: settings.clinic))
        }
        router.get("/profile") { _, _ in render(.profile(settings)) }
        router.get("/admin") { _, _ in render(.admin(settings)) }
        router.get("/assets/:name") { _, context in
            guard let asset = try Asset(named: context.parameters.require("name")) else {
                throw HTTPError(.notFound)
            }
            return asset.response
        }
        router.post("/launch") { request, _ in try await launch(request) }
        addChecks(to: router)
        addControls(to: router)
        return router
    }

    private func render(_ page: HostPage) -> Response {
        render(page, status: .ok)
    }

    @Sendable private func render(_ page: HostPage, status: HTTPResponse.Status) -> Response {
        let document = page.document(settings: settings)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: document.text)))
    }
}
