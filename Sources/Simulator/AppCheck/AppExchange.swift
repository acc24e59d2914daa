internal import CCurl
import Platform
import Records

/// One connection to the App with at most one request, by libcurl. Blocks the calling thread.
@safe struct AppExchange: ~Copyable {
    private let handle: UnsafeMutableRawPointer
    /// Why it failed, in libcurl's and OpenSSL's words.
    private let words: UnsafeMutablePointer<CChar>
    private let hasWholeHead: UnsafeMutablePointer<Bool>
    /// These must live as long as the handle.
    private var lists: [UnsafeMutablePointer<curl_slist>?] = unsafe []
    private let isSecure: Bool

    private static let ready: Void = {
        precondition(curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl cannot be used")
    }()

    /// - Parameters:
    ///   - place: where the App is. Whatever the URL says, no other host is contacted.
    ///   - authorities: a PEM file; nil for the system's.
    init(with place: Origin, url: String, authorities: String? = nil) {
        _ = Self.ready
        guard let handle = unsafe curl_easy_init() else { preconditionFailure("libcurl cannot be used") }
        unsafe self.handle = handle
        unsafe words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe hasWholeHead = .allocate(capacity: 1)
        unsafe hasWholeHead.initialize(to: true)
        isSecure = url.hasPrefix("https:")
        unsafe welkin_curl_set_words(handle, words)
        unsafe welkin_curl_set_readers(handle, hasWholeHead)

        set(CURLOPT_URL, url)
        // Browsers know names under localhost; the system may not.
        let host = place.nameToResolve == "localhost" ? "localhost" : place.host
        set(CURLOPT_CONNECT_TO, ["::\(host):\(place.port)"])
        // No proxy, whatever the environment says.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(AppVisitor.connectTime / .milliseconds(1)))
        set(CURLOPT_TIMEOUT_MS, Int(AppVisitor.answerTime / .milliseconds(1)))
        // Signals belong to the process. QUICK_EXIT: do not wait for a name server that hangs.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_CERTINFO, 1)
        if let authorities {
            set(CURLOPT_CAINFO, authorities)
            set(CURLOPT_CAPATH, nil)
        }
        // Only a self-signed certificate is a trust anchor.
        set(CURLOPT_SSL_OPTIONS, Int(CURLSSLOPT_NO_PARTIALCHAIN))
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe lists.forEach { unsafe curl_slist_free_all($0) }
        unsafe words.deallocate()
        unsafe hasWholeHead.deallocate()
    }

    mutating func believeEveryCertificate() {
        set(CURLOPT_SSL_VERIFYPEER, 0)
        set(CURLOPT_SSL_VERIFYHOST, 0)
    }

    /// Connects (over https with a handshake) and sends nothing. Nil on success.
    mutating func connect() -> ReachFailure? {
        set(CURLOPT_CONNECT_ONLY, 1)
        let code = unsafe curl_easy_perform(handle)
        return code == CURLE_OK ? nil : failure(code)
    }

    mutating func ask(_ call: AppCall) throws(ReachFailure) -> AppAnswer {
        if let form = call.form { set(CURLOPT_COPYPOSTFIELDS, form) }
        // No expect header: a browser never asks for permission to send the body.
        set(CURLOPT_HTTPHEADER, call.headers.map { "\($0.name): \($0.value)" } + ["expect:"])
        switch unsafe curl_easy_perform(handle) {
        case CURLE_OK where unsafe hasWholeHead.pointee: return answer(hasBody: false)
        case CURLE_OK: throw .closed
        // Our own write callback stops at the first piece of the body.
        case CURLE_WRITE_ERROR: return answer(hasBody: true)
        case let code: throw failure(code)
        }
    }

    /// The App's certificate chain, its own first; empty if a certificate was refused.
    var certificates: [ShownCertificate] {
        guard let chain = unsafe welkin_curl_certificates(handle) else { return [] }
        return (0..<Int(unsafe chain.pointee.num_of_certs)).compactMap { index in
            var lines: [String] = []
            var line = unsafe chain.pointee.certinfo[index]
            while let one = unsafe line {
                unsafe lines.append(String(cString: one.pointee.data))
                unsafe line = one.pointee.next
            }
            return ShownCertificate(lines)
        }
    }

    private func answer(hasBody: Bool) -> AppAnswer {
        var headers: [(String, String)] = []
        var header = unsafe curl_easy_nextheader(handle, UInt32(CURLH_HEADER), -1, nil)
        while let one = unsafe header {
            unsafe headers.append((String(cString: one.pointee.name), String(cString: one.pointee.value)))
            unsafe header = curl_easy_nextheader(handle, UInt32(CURLH_HEADER), -1, one)
        }
        return AppAnswer(status: number(CURLINFO_RESPONSE_CODE), headers: headers, hasBody: hasBody)
    }

    private func failure(_ code: CURLcode) -> ReachFailure {
        let error = Int32(number(CURLINFO_OS_ERRNO))
        let words = unsafe String(cString: words)
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .nameUnknown
        case CURLE_OPERATION_TIMEDOUT: return timeout
        case CURLE_PEER_FAILED_VERIFICATION:
            return .certificate(CertificateFault(verification: number(CURLINFO_SSL_VERIFYRESULT)))
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: return .closed
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .notHTTP
        // So libcurl calls a head that is larger than it takes.
        case CURLE_OUT_OF_MEMORY: return .other("its response headers are too large")
        case CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            if error != 0 {
                let failure = ReachFailure(errno: error)
                // Once there is a connection, the number may be that of an address that was tried before it.
                if code == CURLE_COULDNT_CONNECT || failure == .reset { return failure }
            }
            if words.contains("SSL") { return ReachFailure(tls: words) }
            // Invalid chunks, for example.
            if code == CURLE_RECV_ERROR { return .notHTTP }
        default: break
        }
        return .other(unsafe String(cString: curl_easy_strerror(code)))
    }

    /// Which step timed out.
    private var timeout: ReachFailure {
        if unsafe welkin_curl_time(handle, CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .nameUnknown }
        if number(CURLINFO_LOCAL_PORT) <= 0 { return .connectTimedOut }
        let isShaken = unsafe welkin_curl_time(handle, CURLINFO_APPCONNECT_TIME_T) > 0
        return isSecure && !isShaken ? .tlsTimedOut : .silent(AppVisitor.answerTime)
    }

    private func number(_ info: CURLINFO) -> Int { unsafe welkin_curl_number(handle, info) }

    private func set(_ option: CURLoption, _ number: Int) {
        unsafe check(welkin_curl_set_number(handle, option, number))
    }

    private func set(_ option: CURLoption, _ text: String?) {
        unsafe check(welkin_curl_set_text(handle, option, text))
    }

    private mutating func set(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { unsafe list = curl_slist_append(list, line) }
        unsafe lists.append(list)
        unsafe check(welkin_curl_set_lines(handle, option, list))
    }

    /// Every option used here exists since libcurl 7.87.
    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl takes no such option")
    }
}
