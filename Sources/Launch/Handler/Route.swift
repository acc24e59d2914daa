import Sessions

/// The meaning of a path in this deployment.
enum Route {
    case launch(App)
    case session(App, LaunchID)
    case authorize
    case health
    case metrics
    case unknown

    init(path: String, settings: LaunchSettings) {
        switch path {
        case "/_authorize": self = .authorize
        case "/healthz": self = .health
        case "/metrics": self = .metrics
        default: self = Self.ofApp(path, settings)
        }
    }

    private static func ofApp(_ path: String, _ settings: LaunchSettings) -> Route {
        for app in settings.apps {
            if path == app.url.launchPath { return .launch(app) }
            guard path.hasPrefix(app.policy.folder), path.hasSuffix("/session"),
                let launch = LaunchID(
                    String(path.dropFirst(app.policy.folder.utf8.count).dropLast("/session".utf8.count)))
            else { continue }
            return .session(app, launch)
        }
        return .unknown
    }
}
