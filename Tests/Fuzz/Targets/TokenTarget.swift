import Foundation
import Identifiers
import Launch
import Platform
import StrictJSON
import Tokens

/// Tokens: any bytes, a good token with something changed, and any header and claims that the
/// right key has signed.
struct TokenTarget {
    private let fixtures = Fixtures()
    private let keys: [MACKey]

    init() {
        keys = [MACKey(Secret([1])), fixtures.key]
        let token = try? LaunchToken(verifying: fixtures.launchToken, for: fixtures.app, now: Fixtures.now)
        precondition(token != nil, "the fixtures' token is good")
    }

    func run(_ bytes: [UInt8]) {
        var input = InputReader(bytes)
        switch input.byte() & 3 {
        case 0: checkForeign(Array(input.rest))
        case 1: checkForeign(spliced(&input))
        case 2:
            let header = input.bytes(Int(input.byte()))
            checkSigned(header: header, payload: Array(input.rest))
        default: checkSigned(header: Array("{\"alg\":\"HS256\"}".utf8), payload: Array(input.rest))
        }
    }

    /// The good token after a few edits.
    private func spliced(_ input: inout InputReader) -> [UInt8] {
        var token = fixtures.launchToken
        while !input.rest.isEmpty {
            let operation = input.byte()
            let place = (Int(input.byte()) << 8 | Int(input.byte())) % (token.count + 1)
            let size = min(Int(input.byte()) & 15, token.count - place)
            switch operation & 3 {
            case 0: token.removeSubrange(place..<(place + size))
            case 1: token.insert(contentsOf: input.bytes(size), at: place)
            case 2: token.replaceSubrange(place..<(place + size), with: input.bytes(size))
            default: token.insert(contentsOf: token[place..<(place + size)], at: Int(input.byte()) % token.count)
            }
            if token.isEmpty { break }
        }
        return token
    }

    /// A token that nobody has signed, unless it is the good one to the letter.
    private func checkForeign(_ token: [UInt8]) {
        let isGood = token == fixtures.launchToken
        for type in [CompactJWS.ExpectedType.jwtOrAbsent, .exactly("welkin-session"), .exactly("JWT")] {
            guard let jws = try? CompactJWS(parsing: token, type: type) else { continue }
            let isSigned = !jws.verifyingKeys(among: keys).isEmpty
            require(isSigned == isGood, "only the good token verifies")
            require(((try? jws.claims(verifiedBy: keys)) != nil) == isGood, "only the good token shows its claims")
        }
        let launch = try? LaunchToken(verifying: token, for: fixtures.app, now: Fixtures.now)
        require((launch != nil) == isGood, "only the good token launches")
    }

    private func checkSigned(header: [UInt8], payload: [UInt8]) {
        var token = Base64URL.encode(header) + [UInt8(ascii: ".")] + Base64URL.encode(payload)
        token += [UInt8(ascii: ".")] + Base64URL.encode(fixtures.key.mac(token[...]).array)
        guard let jws = try? CompactJWS(parsing: token, type: .jwtOrAbsent) else { return }
        checkHeader(FoundationOracle.object(header))
        require(jws.verifyingKeys(among: keys) == [1], "the right key verifies, and no other")
        if let claims = try? jws.claims(verifiedBy: keys).claims {
            require(claims.bytes == payload, "the claims are what was signed")
            require(FoundationOracle.object(payload) != nil, "the claims are an object")
        }
        guard let launch = try? LaunchToken(verifying: token, for: fixtures.app, now: Fixtures.now) else { return }
        checkClaims(FoundationOracle.object(payload) ?? [:], launch)
    }

    private func checkHeader(_ header: [String: Any]?) {
        guard let header else { return require(false, "a header is an object") }
        require(`is`(header["alg"], "HS256"), "the algorithm is HS256")
        require(header["crit"] == nil, "no extension is demanded")
        require(header["typ"] == nil || isInAnyCase(header["typ"], "JWT"), "the type is JWT or absent")
    }

    /// What a token that launches must say, read by somebody else's reader.
    private func checkClaims(_ claims: [String: Any], _ launch: LaunchToken) {
        let now = Double(Fixtures.now.seconds)
        require(`is`(claims["iss"], "coach.welkinhealth.com"), "issuer")
        let audience = claims["aud"]
        let alone = (audience as? [Any]).flatMap { $0.count == 1 ? $0[0] : nil }
        require(`is`(alone ?? audience, "https://app.example/launch"), "audience")
        require(isInAnyCase(claims["welkin_oauth_client_id"], "client-1"), "client")
        let expires = (claims["exp"] as? NSNumber)?.doubleValue.rounded(.down) ?? 0
        require(expires + 30 > now && expires <= now + 630, "expiry")
        for name in ["nbf", "iat"] where claims[name] != nil {
            let time = (claims[name] as? NSNumber)?.doubleValue ?? .infinity
            require(time >= 0 && time.rounded(.down) <= now + 30, name)
        }
        require(`is`(claims["welkin_worker_id"], launch.worker.text), "worker")
        require(`is`(claims["welkin_provider_id"], launch.provider.text), "provider")
        let patient = claims["welkin_patient_id"]
        if let id = launch.patient {
            require(`is`(patient, id.text), "patient")
        } else {
            require(patient == nil || patient is NSNull, "no patient")
        }
        for id in [launch.worker.text, launch.provider.text, launch.patient?.text].compactMap(\.?.utf8) {
            require((1...40).contains(id.count) && id.allSatisfy { $0 > 0x2C && $0 < 0x7F }, "an id is short and plain")
        }
    }

    /// Byte by byte: Swift's own equality takes some different texts for equal.
    private func `is`(_ value: Any?, _ text: String) -> Bool {
        (value as? String)?.utf8.elementsEqual(text.utf8) == true
    }

    /// The same but for the case of ASCII's letters.
    private func isInAnyCase(_ value: Any?, _ text: String) -> Bool {
        func folded(_ text: String) -> [UInt8] { text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
        return (value as? String).map { folded($0) == folded(text) } == true
    }
}
