import FoundationEssentials
import Hummingbird
import StrictJSON

/// The developer's controls of the live clinic: routes on the host's own listener.
extension HostRoutes {
    func addControls(to router: Router<BasicRequestContext>) {
        router.post("/ring") { request, _ in try await control(request, ring) }
        router.post("/hang-up") { request, _ in try await control(request, hangUp) }
        router.post("/faults") { request, _ in try await control(request, setFault) }
        router.get("/faults") { _, _ in faults() }
    }

    private func control<Form: Decodable>(
        _ request: Request, _ act: (LiveClinic, Form) -> Response
    ) async throws -> Response {
        guard request.isOfOwnPage else { return Self.json(#"{"error":"origin_refused"}"#, status: .forbidden) }
        guard let live else { return Self.noData }
        let body = try await request.body.collect(upTo: 4096)
        guard let form = try? URLEncodedFormDecoder().decode(Form.self, from: String(buffer: body)) else {
            return Self.json(
                #"{"error":"bad_form","detail":"See welkin-simulator serve --help."}"#, status: .badRequest)
        }
        return act(live, form)
    }

    private static let noData = json(
        #"{"error":"no_data","detail":"Start welkin-simulator serve with --data-listen."}"#, status: .conflict)

    private struct RingForm: Decodable {
        /// Absent or empty for an unknown number.
        let patient: String?
    }

    /// An incoming call from a patient's first number, or from an unknown one.
    private func ring(_ live: LiveClinic, _ form: RingForm) -> Response {
        var patient: Patient?
        if let id = form.patient, !id.isEmpty {
            patient = live.clinic.patient(id)
            if patient == nil { return Self.json(#"{"error":"unknown_patient"}"#, status: .notFound) }
        }
        let id = UUID().uuidString.lowercased()
        let number = patient?.phoneNumbers.first?.e164 ?? "+14155550199"
        live.state.change { [now] state in
            state.calls.ring(id: id, number: number, patientID: patient?.id, now: now())
        }
        return Self.json(#"{"call":"\#(id)"}"#, status: .ok)
    }

    private struct HangUpForm: Decodable {
        let call: String
    }

    private func hangUp(_ live: LiveClinic, _ form: HangUpForm) -> Response {
        let found = live.state.change { [now] state in
            state.calls.hangUp(form.call.lowercased(), now: now())
        }
        return found ? Self.json("{}", status: .ok) : Self.json(#"{"error":"unknown_call"}"#, status: .notFound)
    }

    private struct FaultForm: Decodable {
        let route: String
        let mode: String
        let count: Int?
    }

    private func setFault(_ live: LiveClinic, _ form: FaultForm) -> Response {
        guard let route = DataRoute(rawValue: form.route) else {
            return Self.badForm("route", DataRoute.allCases.map(\.rawValue))
        }
        guard let mode = Faults.Mode(rawValue: form.mode), mode != .queue || route == .notes else {
            return Self.badForm("mode", Faults.Mode.allCases.map(\.rawValue))
        }
        if let count = form.count, count < 1 { return Self.badForm("count", ["1 or more"]) }
        live.state.change { $0.faults.set(mode, for: route, count: form.count) }
        return Self.json("{}", status: .ok)
    }

    /// The faults that are set: `{"faults": [{"route", "mode", "count": number or null, "held": number}]}`.
    private func faults() -> Response {
        guard let faults = live?.state.current.state.faults else { return Self.noData }
        return DataAnswer { json in
            json.member(
                "faults",
                array: { list in
                    for route in DataRoute.allCases {
                        let (fault, held) = (faults.active[route], faults.held[route] ?? 0)
                        guard fault != nil || held > 0 else { continue }
                        list.object { json in
                            json.member("route", route.rawValue)
                            json.member("mode", (fault?.mode ?? .none).rawValue)
                            if let count = fault?.count {
                                json.member("count", Int64(count))
                            } else {
                                json.member("count", nil as String?)
                            }
                            json.member("held", Int64(held))
                        }
                    }
                })
        }.response()
    }

    private static func badForm(_ field: String, _ known: [String]) -> Response {
        json(#"{"error":"bad_\#(field)","detail":"\#(known.joined(separator: ", "))"}"#, status: .badRequest)
    }
}

extension Request {
    /// Whether the request comes from one of the listener's own pages, or from no page: a browser sends the
    /// origin with a POST, and other pages must not control the simulator.
    var isOfOwnPage: Bool {
        guard let origin = headers[.origin], let host = head.authority else { return true }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
