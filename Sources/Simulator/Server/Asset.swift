import Hummingbird

/// A file of the host page. They are compiled in, so that the binary can be copied alone.
struct Asset: Sendable {
    let type: String
    let bytes: [UInt8]

    /// Nil when there is none of that name.
    init?(named name: String) {
        switch name {
        case "host.css": self.init(type: "text/css; charset=utf-8", bytes: PackageResources.host_css)
        case "host.js": self.init(script: PackageResources.host_js)
        case "app-panel.js": self.init(script: PackageResources.app_panel_js)
        case "bridge.js": self.init(script: PackageResources.bridge_js)
        case "navigation.js": self.init(script: PackageResources.navigation_js)
        case "icon.svg": self.init(type: "image/svg+xml", bytes: PackageResources.icon_svg)
        default: return nil
        }
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
