import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension NetworkProblem.Kind {
    /// The meaning of an error of the underlying libraries.
    init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError: self.init(error)
        case let error as SocketAddressError.UnknownHost:
            self = error.errorCode == Int(EAI_AGAIN) ? .nameServerSilent : .nameUnknown
        case let error as IOError: self.init(errno: error.errnoCode)
        case let error as HTTPClientError: self.init(error)
        case let error as NIOSSLError: self.init(error)
        case let error as NIOSSLExtraError:
            let names: [NIOSSLExtraError] = [.failedToValidateHostname, .serverHostnameImpossibleToMatch]
            self = names.contains(error) ? .certificate(.otherName) : .tlsFailed
        case is BoringSSLError: self = .tlsFailed
        case ChannelError.connectTimeout: self = .connectTimedOut
        case is ChannelError: self = .closed
        case HTTPParserError.invalidEOFState: self = .closed
        case is HTTPParserError: self = .notHTTP
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            self = .badCompression
        default: self = .other(String(describing: type(of: error)))
        }
    }

    /// Of several addresses, the last one's failure; with none, the reason of that.
    private init(_ error: NIOConnectionError) {
        if let failure = error.connectionErrors.last {
            self.init(failure.error)
        } else if let failure = error.dnsAError ?? error.dnsAAAAError {
            self.init(failure)
        } else {
            self = .connectTimedOut
        }
    }

    package init(errno code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: self = .noRoute
        case ETIMEDOUT: self = .connectTimedOut
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        default: self = .system(code)
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: self = .connectTimedOut
        case .tlsHandshakeTimeout: self = .tlsTimedOut
        case .httpProxyHandshakeTimeout: self = .proxySilent
        case .proxyAuthenticationRequired: self = .proxyRefused(status: 407)
        case .invalidProxyResponse: self = .proxyRefused(status: nil)
        case .remoteConnectionClosed, .uncleanShutdown: self = .closed
        // Without its other contents, such as a header's value.
        default: self = .other(error.shortDescription)
        }
    }

    private init(_ error: NIOSSLError) {
        switch error {
        case .handshakeFailed(let failure): self.init(handshake: String(describing: failure))
        case .uncleanShutdown: self = .closed
        case .noCertificateToValidate, .unableToValidateCertificate: self = .certificate(.unexplained)
        default: self = .tlsFailed
        }
    }

    /// - Parameter reasons: BoringSSL's, which are only in the text of its errors (its `ssl.errordata`).
    package init(handshake reasons: String) {
        func has(_ words: String...) -> Bool { words.contains { reasons.contains($0) } }
        if has("CERTIFICATE_VERIFY_FAILED") {
            self = .certificate(.unexplained)
        } else if has(
            "KEY_USAGE_BIT_INCORRECT", "WRONG_CERTIFICATE_TYPE", "UNKNOWN_CERTIFICATE_TYPE", "CANNOT_PARSE_LEAF")
        {
            self = .certificate(.unfit)
        } else if has("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST") {
            self = .notTLS
        } else if has(
            "UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "HANDSHAKE_FAILURE", "NO_SHARED_CIPHER",
            "WRONG_CIPHER_RETURNED",
            "INSUFFICIENT_SECURITY")
        {
            self = .noCommonProtocol
        } else {
            self = has("EOF during handshake") ? .closed : .tlsFailed
        }
    }
}
