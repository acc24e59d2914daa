import Crypto
import Foundation
import Simulator

/// A token taken apart by Foundation, which shares no code with the signer under test.
struct ReadToken {
    let segments: [String]

    init(_ token: MintedToken) {
        self.init(compact: token.compact)
    }

    init(compact: String) {
        segments = compact.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// The bytes of a segment; nil when it is not base64url, padded or not.
    func bytes(_ index: Int) -> Data? {
        var text = segments[index].replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text)
    }

    /// The first segment's JSON object.
    var header: [String: JSON] { get throws { try JSON.object(bytes(0) ?? Data()) } }
    /// The second segment's JSON object.
    var payload: [String: JSON] { get throws { try JSON.object(bytes(1) ?? Data()) } }

    /// Whether the third segment is the HMAC of the first two as they are written.
    func isSigned<Hash: HashFunction>(with secret: SigningSecret, _: Hash.Type = SHA256.self) -> Bool {
        guard segments.count > 2, let signature = bytes(2) else { return false }
        return HMAC<Hash>.isValidAuthenticationCode(
            signature, authenticating: Data("\(segments[0]).\(segments[1])".utf8),
            using: SymmetricKey(data: secret.bytes))
    }
}

/// What the tests launch.
enum Sample {
    static let now = 1_700_000_000
    static let secret = SigningSecret(Array("a secret for nothing but tests".utf8))
    static let claims = LaunchClaims(
        appURL: "https://app.example/launch", clientID: "client-1", workerID: "w-1", patientID: "p-1",
        providerID: "e-1", now: now)
    static let payload: [String: JSON] = [
        "iss": "coach.welkinhealth.com", "aud": "https://app.example/launch", "exp": 1_700_000_600,
        "welkin_oauth_client_id": "client-1", "welkin_patient_id": "p-1", "welkin_worker_id": "w-1",
        "welkin_provider_id": "e-1",
    ]
    static let header: [String: JSON] = ["alg": "HS256", "typ": "JWT"]

    static func token(_ change: (inout TokenFlaws) -> Void = { _ in }) -> MintedToken {
        var flaws = TokenFlaws()
        change(&flaws)
        return MintedToken(claims: claims, secret: secret, flaws: flaws, now: now)
    }

    /// The honest payload with members changed, or taken out where the value is nil.
    static func payload(with changes: [String: JSON?]) -> [String: JSON] {
        changed(payload, changes)
    }

    /// The honest header, changed likewise.
    static func header(with changes: [String: JSON?]) -> [String: JSON] {
        changed(header, changes)
    }

    private static func changed(
        _ object: [String: JSON], _ changes: [String: JSON?]
    ) -> [String: JSON] {
        var result = object
        for (name, value) in changes { result[name] = value }
        return result
    }
}
