import ArgumentParser
import CLinux
import DataAPI
import DataService
import Journal
import Logging
import Platform
import Replica
import ServiceLifecycle
import Settings
import WorkerProgram

/// Gives the App's page its data.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give the App's page the replica's data, over HTTP for nginx.",
        discussion: """
            Answers /a/APP/LAUNCH/data/… from the replica, and writes who saw what of whom into the journal. Checks each \
            session itself, so it needs the launch handler's settings, too: WELKIN_APP_URL, the session keys and, if the \
            handler has one, WELKIN_STATE_DIR.

              export WELKIN_CONFIG=/etc/welkin/welkin.env:/etc/welkin/worker.env
              welkin-worker serve --listen unix:/run/welkin/data.sock --group www-data

            Sessions, keys and what may be read are read again when a file changes. Needs no replica to start: a \
            `sync` may bring it later. SIGTERM ends it after the requests that have come in. As a CGI program it needs \
            no command and no option.
            """)

    @Option(
        help: .init(
            "unix:PATH, or HOST:PORT on this machine's loopback. Default: the socket on standard input.",
            valueName: "address"),
        transform: ServeAddress.argument)
    var listen: ServeAddress?

    @Option(
        help: .init("The permissions of the Unix socket, in octal.", valueName: "mode"), transform: SocketMode.argument)
    var mode = SocketMode(bits: 0o660)

    @Option(help: .init("The group of the Unix socket, by name or number. Default: this user's.", valueName: "group"))
    var group: String?

    func validate() throws {
        if listen == nil, !ListeningSocket.isInherited {
            throw ValidationError("Standard input is not a listening socket; name one with --listen unix:PATH.")
        }
        if case .loopback = listen, group != nil { throw ValidationError("--group is for a Unix socket.") }
    }

    func run() async throws {
        // Each time that SQLite sorts, it allocates and frees a cache of 90 KB: that stays with the process, other than
        // in a sync. To give it back cost half of a request's time.
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
        _ = mallopt(M_TRIM_THRESHOLD, 4 << 20)
        // What a thousand waiting pages need lies closer together.
        _ = mallopt(M_ARENA_MAX, 2)
        let environment = Loading.environment
        let loaded = ServeSettings.load(environment: environment)
        let program: ServiceProgram
        do {
            let settings = try Loading.settings(loaded)
            program = try Loading.journal { () throws(JournalError) in
                try ServiceProgram(settings, loaded.service) { ServeSettings.load(environment: environment).service }
            }
        } catch {
            // systemd takes connections also while nobody answers them.
            if listen == nil, let socket = try? ListeningSocket.inherited() {
                try await RefusingService.run(on: ListeningSocketBox(socket), whileUnchanged: loaded.files)
            }
            throw error
        }
        let address: DataServer.Address
        do throws(SocketError) {
            address = try self.address()
        } catch {
            LogLine("start", of: DataService.program).with("outcome", "failed").with("problem", "\(error)").write()
            throw ExitCode(ExitStatus.failed)
        }
        try await program.serve(at: address, named: listen.map { "\($0)" } ?? "inherited")
    }

    private func address() throws(SocketError) -> DataServer.Address {
        switch listen {
        case .unix(let path):
            .socket(ListeningSocketBox(try .bind(path: path, mode: mode.bits, group: group)))
        case .loopback(let host, let port): .loopback(host: host, port: port)
        case nil: .socket(ListeningSocketBox(try .inherited()))
        }
    }
}

/// Where `serve` listens.
enum ServeAddress: CustomStringConvertible {
    case unix(String)
    case loopback(host: String, port: Int)

    var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .loopback(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }

    static func argument(_ text: String) throws -> ServeAddress {
        if text.hasPrefix("unix:"), text.utf8.count > 5 { return .unix(String(text.dropFirst(5))) }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0,
            case let host = String(text[..<colon].filter { $0 != "[" && $0 != "]" }), Loopback.contains(host: host),
            !host.hasSuffix(".localhost")
        else {
            throw ValidationError(
                "“\(text)” is neither unix:PATH nor HOST:PORT on this machine's loopback. Other machines must not reach it."
            )
        }
        return .loopback(host: host, port: Int(port))
    }
}

/// The permissions of a socket.
struct SocketMode {
    let bits: UInt32

    static func argument(_ text: String) throws -> SocketMode {
        guard let bits = UInt32(text, radix: 8), bits <= 0o777 else {
            throw ValidationError("“\(text)” is not an octal number such as 0660.")
        }
        return SocketMode(bits: bits)
    }
}

extension SocketMode: CustomStringConvertible {
    var description: String { "0" + String(bits, radix: 8) }
}
