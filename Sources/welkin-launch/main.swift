import Platform
import FastCGI
import Gateway
import Glibc

// Decides which kind of process this is. Signs of a web server come first: in CGI the query string
// can arrive as arguments (RFC 3875, section 4.4), so the program must ignore them then.
let status: Int32
if ListeningSocket.isInherited, CGI.isRequest || ProcessArguments.read().isEmpty {
    status = ServeCommand.inherited(threads: Arguments.standardThreads)
} else if CGI.isRequest {
    status = ServeCommand.once()
} else {
    switch Arguments.parse(ProcessArguments.read()) {
    case .success(let command): status = command.run()
    case .failure(let problem):
        StandardStreams.error("welkin-launch: \(problem.text)\nTry welkin-launch --help\n")
        status = 2
    }
}
exit(status)
