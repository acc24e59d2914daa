import AsyncHTTPClient
import DataAPI
import NIOCore
import NIOHTTP1
import Platform
import Tokens
import WorkerProgram

/// Tells a monitor that a run succeeded; the monitor raises an alarm when it hears nothing.
enum Heartbeat {
    /// An unreachable monitor does not change the run's result; the monitor notices the missing heartbeat itself.
    static func send(to url: Secret, by network: NetworkSettings, _ reporter: Reporter) async {
        let address = unsafe url.withBytes { unsafe String(decoding: $0, as: UTF8.self) }
        var configuration = network.configuration(for: Origin.of(address))
        configuration.redirectConfiguration = .follow(max: 5, allowCycles: false)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let response = try await client.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
            if !(200..<300).contains(response.status.code) {
                reporter.log(LogEntry("heartbeat", .warning).with("status", Int(response.status.code)))
            }
        } catch {
            // Not the error, because it can hold the address, which is a secret.
            reporter.log(LogEntry("heartbeat", .warning).with("problem", "the monitor cannot be reached"))
        }
        try? await client.shutdown()
    }
}
