import Hummingbird

/// The fields that the page's script sends to have a launch signed.
private struct LaunchForm: Decodable {
    /// Absent when the App is launched from outside a patient.
    let patient: String?
}

extension HostRoutes {
    /// Signs a launch: `{"action": the App URL, "token": …, "claims": {…}}`, or 404 for a patient who
    /// is not in the clinic.
    func launch(_ request: Request) async throws -> Response {
        guard request.isOfOwnPage else { return Self.json(#"{"error":"origin_refused"}"#, status: .forbidden) }
        let body = try await request.body.collect(upTo: 4096)
        let form = try URLEncodedFormDecoder().decode(LaunchForm.self, from: String(buffer: body))
        var patientID: String?
        if let id = form.patient {
            guard let patient = settings.clinic.patient(id) else {
                return Self.json(#"{"error":"unknown_patient"}"#, status: .notFound)
            }
            patientID = patient.id
        }
        let now = now()
        let claims = settings.claims(patientID: patientID, now: now)
        let token = LaunchToken(claims: claims, secret: settings.secret, now: now)
        var answer = RawJSONObject()
        answer.append("action", RawJSONObject.string(settings.appURL.text))
        answer.append("token", RawJSONObject.string(token.compact))
        answer.append("claims", claims.object.text)
        return Self.json(answer.text, status: .ok)
    }

    static func json(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
