import Gateway
import Glibc
import WorkerProgram

/// The start of the process.
@main enum Main {
    static func main() {
        StandardStream.surviveClosedPipes()
        // Whatever the arguments are: a web server may make them from the query string (RFC 3875, section 4.4).
        let isCGI = CGI.isRequest
        Task.detached {
            if isCGI { await ServeCGI.run() }
            await WelkinWorker.run()
        }
        // Nothing runs on this thread. For an asynchronous main function, it would be ended first, which takes time: the
        // C library unwinds the thread's stack. Signals belong to Dispatch's threads, as they would there.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        while true { pause() }
    }
}
