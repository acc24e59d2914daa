import Hummingbird

/// A file of the host page. All are compiled in, so that the binary is self-contained.
struct Asset: Sendable {
    let type: String
    let bytes: [UInt8]

    /// Nil for an unknown name.
    init?(named name: String) {
        switch name {
        case "app-panel.css": self.init(style: PackageResources.app_panel_css)
        case "dev-panel.css": self.init(style: PackageResources.dev_panel_css)
        case "host.css": self.init(style: PackageResources.host_css)
        case "launch-dialog.css": self.init(style: PackageResources.launch_dialog_css)
        case "app-check.js": self.init(script: PackageResources.app_check_js)
        case "app-panel.js": self.init(script: PackageResources.app_panel_js)
        case "app-report.js": self.init(script: PackageResources.app_report_js)
        case "bridge.js": self.init(script: PackageResources.bridge_js)
        case "control.js": self.init(script: PackageResources.control_js)
        case "dev-panel.js": self.init(script: PackageResources.dev_panel_js)
        case "dom.js": self.init(script: PackageResources.dom_js)
        case "faults.js": self.init(script: PackageResources.faults_js)
        case "host.js": self.init(script: PackageResources.host_js)
        case "impersonation.js": self.init(script: PackageResources.impersonation_js)
        case "impostor.js": self.init(script: PackageResources.impostor_js)
        case "launch-dialog.js": self.init(script: PackageResources.launch_dialog_js)
        case "launch-presets.js": self.init(script: PackageResources.launch_presets_js)
        case "launch-request.js": self.init(script: PackageResources.launch_request_js)
        case "launch.js": self.init(script: PackageResources.launch_js)
        case "log-entry.js": self.init(script: PackageResources.log_entry_js)
        case "log-view.js": self.init(script: PackageResources.log_view_js)
        case "navigation.js": self.init(script: PackageResources.navigation_js)
        case "phone.js": self.init(script: PackageResources.phone_js)
        case "icon.svg": self.init(type: "image/svg+xml", bytes: PackageResources.icon_svg)
        default: return nil
        }
    }

    private init(style bytes: [UInt8]) {
        self.init(type: "text/css; charset=utf-8", bytes: bytes)
    }

    private init(script bytes: [UInt8]) {
        self.init(type: "text/javascript; charset=utf-8", bytes: bytes)
    }

    private init(type: String, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }

    var response: Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
