import CFastCGI
import Glibc

/// libfcgi itself. It runs out of input where it would wait for more, so that waiting is noticed.
enum LibraryReader {
    /// Once, before libFuzzer looks after its signals.
    static func prepare() {
        precondition(FCGX_Init() == 0, "FCGX_Init")
        // The library would leave a fuzzer that cannot be stopped.
        signal(SIGTERM, SIG_DFL)
        signal(SIGUSR1, SIG_DFL)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether libfcgi takes the request as it was meant, and all of it.
    static func requireSame(_ reference: ReferenceRequest, _ bytes: [UInt8]) {
        var ends: [Int32] = [0, 0]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { fatalError("socketpair") }
        defer { close(ends[1]) }
        guard unsafe write(ends[1], bytes, bytes.count) == bytes.count else { fatalError("write") }
        shutdown(ends[1], Int32(SHUT_WR))

        let state = UnsafeMutablePointer<FCGX_Request>.allocate(capacity: 1)
        defer { unsafe state.deallocate() }
        _ = unsafe FCGX_InitRequest(state, -1, 0)
        unsafe state.pointee.ipcFd = ends[0]
        unsafe state.pointee.keepConnection = 1
        unsafe state.pointee.detached = 1
        require(unsafe FCGX_Accept_r(state) == 0, "libfcgi takes what is complete")
        unsafe checkVariables(reference, state.pointee.envp)
        var body = 0
        while unsafe FCGX_GetChar(state.pointee.in) >= 0 { body += 1 }
        require(body == reference.body.count, "libfcgi reads the same body: \(body)")
        require(unsafe FCGX_GetError(state.pointee.in) == 0, "… without an error")
        var left: UInt8 = 0
        require(unsafe recv(ends[0], &left, 1, Int32(MSG_DONTWAIT)) == 0, "libfcgi takes everything")
        unsafe FCGX_Free(state, 1)
    }

    private static func checkVariables(_ reference: ReferenceRequest, _ environment: FCGX_ParamArray?) {
        // libfcgi puts the role in front.
        var entry = unsafe environment.map { unsafe $0 + 1 }
        for (name, value) in reference.variables {
            guard let start = unsafe entry?.pointee else { return require(false, "libfcgi has every variable") }
            let text = unsafe Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
            // For libfcgi a variable ends where C ends it.
            let expected = (name + [UInt8(ascii: "=")] + value).prefix { $0 != 0 }
            require(text.elementsEqual(expected), "libfcgi has the same variables")
            unsafe entry = entry! + 1
        }
        require(unsafe entry?.pointee == nil, "libfcgi has no other variable")
    }
}
