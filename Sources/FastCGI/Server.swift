import CLinux
package import Gateway
import Glibc
package import Platform
import Synchronization

/// Answers FastCGI requests with a fixed number of threads.
///
/// No connection owns a thread. A connection that the web server keeps open waits in the poller
/// together with the listening socket; whichever becomes readable gets a thread. So any number
/// of kept connections is served fairly, and none must be closed to make room.
package final class Server: Sendable {
    private let listener: ListeningSocket
    private let poller: Poller
    /// Becomes readable when it is time to stop, and stays readable, so that it wakes every thread.
    private let stopSignal: Int32
    private let isStopping = Atomic(false)
    /// How many connections were accepted since then.
    private let acceptedWhileStopping = Atomic(0)
    /// How many accepted connections have not sent anything yet. Their web server is about to, so
    /// they get a second before the process ends; idle kept ones can be closed.
    private let freshConnections = Atomic(0)
    /// Not zero when a thread could not start.
    private let failure = Atomic(0)
    /// When the failure to accept was last logged, in seconds.
    private let lastComplaint = Atomic(0)
    /// When it was time to stop, in seconds.
    private let stopTime = Atomic(0)
    private let threads: Int
    private let activeThreads: ActiveThreads
    private let program: String
    private let respond: @Sendable (Request) -> Response

    /// - Parameters:
    ///   - program: named in the log.
    ///   - threads: how many requests can be in progress at once.
    ///   - activeThreads: limits how many of them are active at once, not counting those that wait.
    ///   - respond: called by several threads at once.
    package init(
        program: String, listener: consuming ListeningSocket, threads: Int, activeThreads: ActiveThreads,
        respond: @escaping @Sendable (Request) -> Response
    ) throws(SocketError) {
        self.program = program
        self.listener = listener
        self.respond = respond
        self.threads = threads
        self.activeThreads = activeThreads
        poller = try Poller()
        stopSignal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard stopSignal >= 0, poller.add(stopSignal) else { throw .system("eventfd", errno) }
        // One new connection wakes several threads; those that come too late must not block.
        let flags = fcntl(self.listener.descriptor, F_GETFL)
        guard fcntl(self.listener.descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
            poller.add(self.listener.descriptor)
        else { throw .system("fcntl", errno) }
    }

    deinit { close(stopSignal) }

    /// Serves until one of the signals arrives, then answers the requests received so far and returns.
    /// Call it from the main thread, before any other exists.
    package func run(until signals: StopSignals) throws(SocketError) {
        LibraryState.prepare()
        // Every thread needs this: if it cannot be created, fail before anybody relies on us.
        _ = try RequestBuffer()
        var running: [Thread] = []
        for _ in 0..<threads {
            running.append(
                try Self.thread {
                    do throws(SocketError) {
                        self.serve(
                            try ConnectionHandler(
                                program: self.program, threads: self.activeThreads, respond: self.respond))
                    } catch {
                        LogLine("fastcgi", of: self.program).with("outcome", "thread_lost").with("problem", "\(error)")
                            .write()
                        self.failure.store(1, ordering: .relaxed)
                        signals.raise()
                    }
                })
        }
        signals.wait()
        stop()
        for thread in running { thread.join() }
        // Better to end, and let the supervisor restart us, than to be half alive.
        if failure.load(ordering: .relaxed) != 0 { throw .system("start of a thread", EMFILE) }
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) throws(SocketError) -> Thread {
        do throws(SystemError) {
            return try Thread(stack: Thread.smallStack, body)
        } catch {
            throw .system("pthread_create", error.code)
        }
    }

    private func stop() {
        stopTime.store(Int(Clock.monotonic), ordering: .relaxed)
        isStopping.store(true, ordering: .sequentiallyConsistent)
        listener.removeName()
        activeThreads.finish()
        _ = eventfd_write(stopSignal, 1)
    }

    private func serve(_ handler: consuming ConnectionHandler) {
        var handler = handler
        activeThreads.enter()
        while true {
            activeThreads.parkIfSurplus()
            let stopping = isStopping.load(ordering: .sequentiallyConsistent)
            // While stopping, the stop signal is always ready, so ask for one more.
            var served = 0
            poller.wait(limit: stopping ? 2 : 1, timeout: stopping ? 0 : -1) { descriptor, isFresh in
                switch descriptor {
                case stopSignal: return
                case listener.descriptor:
                    guard let connection = acceptConnection(stopping: stopping) else { return }
                    serve(connection, isFresh: true, with: &handler)
                default: serve(descriptor, isFresh: isFresh, with: &handler)
                }
                served += 1
            }
            guard stopping, served == 0 else { continue }
            guard freshConnections.load(ordering: .relaxed) > 0,
                Int(Clock.monotonic) < stopTime.load(ordering: .relaxed) + 2
            else {
                return
            }
            _ = poll(nil, 0, 5)
        }
    }

    /// - Parameter isFresh: whether no request has arrived on it yet.
    private func serve(_ connection: Int32, isFresh: Bool, with handler: inout ConnectionHandler) {
        let outcome = handler.serve(connection) { self.isStopping.load(ordering: .relaxed) }
        if isFresh, outcome != .idle { freshConnections.subtract(1, ordering: .relaxed) }
        switch outcome {
        case .answered, .idle:
            if !poller.addOnce(connection, mark: isFresh && outcome == .idle) { close(connection) }
        case .close: close(connection)
        case .closed: break
        }
    }

    private func acceptConnection(stopping: Bool) -> Int32? {
        if stopping {
            // On an inherited socket, new connections belong to the next process.
            let (accepted, _) = acceptedWhileStopping.add(1, ordering: .relaxed)
            guard accepted < Int(ListeningSocket.backlog) else { return nil }
        }
        let connection = accept(listener.descriptor, nil, nil)
        if connection < 0 {
            if errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS {
                let code = errno
                let now = Int(Clock.monotonic)
                if lastComplaint.exchange(now, ordering: .relaxed) != now {
                    LogLine("fastcgi", of: program).with("outcome", "cannot_accept").with("errno", "\(code)").write()
                }
                // Other requests will finish and free resources; until then, do not spin.
                _ = poll(nil, 0, 50)
            }
            return nil
        }
        ConnectionOptions.set(connection)
        freshConnections.add(1, ordering: .relaxed)
        return connection
    }
}
