public import Tokens

/// One App of the deployment: who may launch it, and what its sessions are like.
///
/// A class, so that handing it on costs one reference count and not one for each part.
public final class App: Sendable {
    /// The name in its paths.
    public let name: AppName
    /// Where its launches are posted.
    public let url: AppURL
    /// Every live secret of every client, in one list, since the token names its client only
    /// inside what is signed.
    public let secrets: [ClientSecret]
    /// Their keys, in the same order.
    let keys: [MACKey]
    /// The path under which every launch of the App has its own: `/a/main/`.
    let sessionFolder: String
    /// The one Welkin environment whose launches are accepted; nil for any.
    public let provider: Identifier?
    /// What `iss` has to be.
    public let issuer: String
    /// Welkin's page, the only one that may frame the App.
    public let hostOrigin: Origin
    /// Seconds that two honest clocks may differ.
    public let leeway: Int64
    /// Seconds after which a session that was not renewed ends.
    public let sessionIdle: Int64
    /// Seconds after which any session ends.
    public let sessionMaximum: Int64
    /// Whether the page may get its session without a cookie.
    public let offersHandoff: Bool

    /// The folder of one launch, with a slash at its end; also the path of its cookie.
    public func pagePath(_ launch: LaunchID) -> String { "\(sessionFolder)\(launch.text)/" }

    init(
        name: AppName, url: AppURL, secrets: [ClientSecret], provider: Identifier?, issuer: String, hostOrigin: Origin,
        leeway: Int64, sessionIdle: Int64, sessionMaximum: Int64, offersHandoff: Bool
    ) {
        self.name = name
        self.url = url
        self.secrets = secrets
        keys = secrets.map(\.key)
        self.provider = provider
        self.issuer = issuer
        self.hostOrigin = hostOrigin
        self.leeway = leeway
        self.sessionIdle = sessionIdle
        self.sessionMaximum = sessionMaximum
        self.offersHandoff = offersHandoff
        sessionFolder = "\(url.folder)a/\(name.text)/"
    }
}

/// A secret that Welkin issued, and the client it belongs to.
public struct ClientSecret: Sendable {
    /// The `client_id` that Welkin issued with it.
    public let client: Identifier
    /// The secret as the key of HMAC-SHA-256.
    public let key: MACKey
    /// Eight hexadecimal digits that tell secrets apart in metrics and logs and reveal nothing.
    public let shortID: String

    /// - Parameter secret: at least 16 bytes; the settings refuse a shorter one.
    public init(client: Identifier, secret: Secret) {
        self.client = client
        key = MACKey(secret)
        shortID = key.shortID(Secret.idLabel)
    }
}

extension Secret {
    fileprivate static let idLabel = "welkin secret id"

    /// The short id of a secret that Welkin issued; see ``ClientSecret/shortID``.
    package var shortID: String { MACKey(self).shortID(Self.idLabel) }
}

extension MACKey {
    /// Eight hexadecimal digits that stand for the key where it must not be seen.
    ///
    /// - Parameter label: what kind of key it is.
    func shortID(_ label: String) -> String { Hexadecimal.text(derive(label).prefix(4)) }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
        return unsafe String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            var index = 0
            for byte in bytes {
                unsafe text[index] = digit(byte >> 4)
                unsafe text[index + 1] = digit(byte & 15)
                index += 2
            }
            return index
        }
    }
}
