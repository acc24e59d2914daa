import Sessions

/// What a path `…/a/APP/LAUNCH/data/ROUTE` names.
struct Place {
    let app: ServiceSettings.ServiceApp
    let launch: LaunchID
    let route: DataRoute

    /// Nil for a path of no App, launch or route of this deployment.
    init?(_ path: String, _ settings: ServiceSettings) {
        for app in settings.apps where path.hasPrefix(app.policy.folder) {
            let rest = path.dropFirst(app.policy.folder.utf8.count)
            guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")),
                let launch = LaunchID(String(rest[..<slash])),
                rest[slash...].hasPrefix("/data/"),
                let route = DataRoute(rawValue: String(rest[slash...].dropFirst("/data/".utf8.count)))
            else { continue }
            self.app = app
            self.launch = launch
            self.route = route
            return
        }
        return nil
    }
}
