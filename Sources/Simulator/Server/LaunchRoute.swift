import Hummingbird

extension HostRoutes {
    /// Longer than any token that an App would accept, because overlong ones are tested too.
    private static let longestForm = 32 * 1024

    /// Signs a launch: `{"action": the App URL, "token": …, "claims": {the honest ones}, "payload":
    /// "what was signed, as text"}`. The fields are those of ``LaunchForm``. 400 for an invalid form,
    /// 404 for a patient who is not in the clinic.
    func launch(_ request: Request) async throws -> Response {
        try await withLaunch(asked: request) { form, patientID in
            let now = now()
            let claims = settings.claims(patientID: patientID, now: now)
            let token = token(claims, form, at: now)
            var answer = RawJSONObject()
            answer.append("action", RawJSONObject.string(settings.appURL.text))
            answer.append("token", RawJSONObject.string(token.compact))
            answer.append("claims", claims.object.text)
            answer.append("payload", RawJSONObject.string(String(decoding: token.payload, as: UTF8.self)))
            return Self.json(answer.text, status: .ok)
        }
    }

    /// Calls `answer` with the form and the patient's id; or answers with the reason for the refusal.
    func withLaunch(
        asked request: Request, _ answer: (LaunchForm, String?) async -> Response
    ) async throws -> Response {
        guard request.isOfOwnPage else {
            return Self.refused("origin_refused", "the page's origin is not the simulator's", .forbidden)
        }
        let body = try await request.body.collect(upTo: Self.longestForm)
        let form: LaunchForm
        do {
            form = try LaunchForm(String(buffer: body))
        } catch {
            return Self.refused("form_invalid", error.description, .badRequest)
        }
        guard let id = form.patient else { return await answer(form, nil) }
        guard let patient = settings.clinic.patient(id) else {
            return Self.refused("unknown_patient", "the clinic has no such patient", .notFound)
        }
        return await answer(form, patient.id)
    }

    func token(_ claims: LaunchClaims, _ form: LaunchForm, at now: Int) -> MintedToken {
        MintedToken(claims: claims, secret: form.secret ?? settings.secret, flaws: form.flaws, now: now)
    }

    /// `detail` is for the developer.
    private static func refused(_ error: String, _ detail: String, _ status: HTTPResponse.Status) -> Response {
        var answer = RawJSONObject()
        answer.append("error", RawJSONObject.string(error))
        answer.append("detail", RawJSONObject.string(detail))
        return json(answer.text, status: status)
    }

    static func json(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
