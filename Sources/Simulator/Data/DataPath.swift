/// A path `…/a/APP/LAUNCH/data/NAME`; what comes before `/a/` is the folder of the App URL.
struct DataPath {
    let app: String
    let launch: String
    let route: DataRoute

    /// Nil for an unknown path.
    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let data = parts.lastIndex(of: "data"), data >= 4, parts[data - 3] == "a",
            let route = DataRoute(rawValue: parts[(data + 1)...].joined(separator: "/"))
        else { return nil }
        app = String(parts[data - 2])
        launch = String(parts[data - 1])
        self.route = route
    }
}
