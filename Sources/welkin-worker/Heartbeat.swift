import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Tokens
import Worker

/// Tells a monitor that a run went well: what it does not hear of, it reports.
enum Heartbeat {
    /// A monitor that cannot be reached changes nothing about the run; it will miss the beat itself.
    static func send(to url: Secret, _ reporter: Reporter) async {
        let address = unsafe url.withBytes { unsafe String(decoding: $0, as: UTF8.self) }
        do {
            let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
            guard !(200..<300).contains(response.status.code) else { return }
            reporter.log(LogEntry("heartbeat", .warning).with("status", Int(response.status.code)))
        } catch {
            // Not the error: it can hold the address, which is a secret.
            reporter.log(LogEntry("heartbeat", .warning).with("problem", "the monitor cannot be reached"))
        }
    }
}
