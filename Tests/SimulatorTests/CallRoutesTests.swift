import HTTPTypes
import Simulator
import Testing

@Suite("The worker's calls", .timeLimit(.minutes(1)))
struct CallRoutesTests {
    private static let elsa = DataClinic.patients[0]

    @Test("are told at once to who knows nothing, with what is known of the caller")
    func atOnce() async throws {
        try await DataClinic.test { clinic in
            #expect(try await clinic.calls().calls == [])
            let (known, unknown) = try await (clinic.ring(Self.elsa), clinic.ring())
            let calls = try await clinic.calls().calls
            #expect(calls.map { $0["id"] } == [known, unknown])
            #expect(calls.map { $0["state"] } == ["ringing", "ringing"])
            #expect(calls.map { $0["phone_number"] } == ["+14155550132", "+14155550199"])
            #expect(calls.map { $0["since"] } == [.int(Sample.now), .int(Sample.now)])
            #expect(
                calls.map { $0["patient"] } == [
                    ["id": .string(Self.elsa.id), "first_name": "Elsa", "last_name": "Brandt"], .null,
                ])
        }
    }

    @Test("are awaited by many, whom one ring wakes")
    func manyWaiters() async throws {
        try await DataClinic.test { clinic in
            let version = try #require(await clinic.calls().json["version"])
            async let replies = withThrowingTaskGroup(of: DataReply.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await clinic.ask("calls/await", ["after": version], patient: nil) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await clinic.untilSleeping(Array(repeating: 25, count: 50))
            let call = try await clinic.ring()
            #expect(try await replies.map { $0.calls.map { $0["id"] } } == Array(repeating: [call], count: 50))
            #expect(clinic.clock.sleepers == [])
        }
    }

    @Test("are told again after 25 seconds in which nothing happened")
    func longestPoll() async throws {
        try await DataClinic.test { clinic in
            let before = try await clinic.calls().json
            async let reply = clinic.ask("calls/await", ["after": before["version"] ?? .null], patient: nil)
            try await clinic.untilSleeping([25])
            clinic.clock.advance(by: .seconds(24))
            #expect(clinic.clock.sleepers == [1])
            clinic.clock.advance(by: .seconds(1))
            #expect(try await reply.json == before)
        }
    }

    @Test("end by themselves when nobody answers for 45 seconds")
    func patience() async throws {
        try await DataClinic.test { clinic in
            let idle = try await clinic.calls().json
            let call = try await clinic.ring()
            let ringing = try #require(await clinic.calls().json["version"])
            clinic.clock.advance(by: .seconds(44))
            #expect(try await clinic.calls().calls.count == 1)
            async let reply = clinic.ask("calls/await", ["after": ringing], patient: nil)
            try await clinic.untilSleeping([1])
            clinic.clock.advance(by: .seconds(1))
            #expect(try await reply.json == idle)
            let late = try await clinic.ask("calls/answer", ["call": call], patient: nil)
            #expect(late.status == 404)
            #expect(late.error == "not_found")
            #expect(try await clinic.control("/hang-up", "call=\(call.text)").status == 404)
        }
    }

    @Test("stay when they were answered, until somebody hangs up")
    func answered() async throws {
        try await DataClinic.test { clinic in
            let call = try await clinic.ring(Self.elsa)
            clinic.clock.advance(by: .seconds(5))
            for _ in 0..<2 {
                let reply = try await clinic.ask("calls/answer", ["call": call], patient: nil)
                #expect(reply.json["call"] == ["id": call, "state": "answered"])
            }
            clinic.clock.advance(by: .seconds(600))
            let live = try await clinic.calls()
            #expect(live.calls.map { $0["state"] } == ["answered"])
            #expect(live.calls.map { $0["since"] } == [.int(Sample.now + 5)])
            #expect(try await clinic.control("/hang-up", "call=\(call.text)").status == 200)
            #expect(try await clinic.calls().calls == [])
            #expect(try await clinic.control("/hang-up", "call=\(call.text)").status == 404)
        }
    }

    @Test(
        "are answered or declined, not both",
        arguments: [("calls/answer", "calls/decline"), ("calls/decline", "calls/answer")])
    func taken(first: String, second: String) async throws {
        try await DataClinic.test { clinic in
            let call = try await clinic.ring()
            #expect(try await clinic.ask(first, ["call": call], patient: nil).status == 200)
            #expect(try await clinic.ask(first, ["call": call], patient: nil).status == 200)
            let taken = try await clinic.ask(second, ["call": call], patient: nil)
            #expect(taken.status == 409)
            #expect(taken.error == "taken")
        }
    }

    @Test("are the clinic's worker's, and nobody else's")
    func otherWorker() async throws {
        try await DataClinic.test { clinic in
            let call = try await clinic.ring()
            func other(_ route: String, _ body: JSON) async throws -> DataReply {
                try await clinic.ask(route, body, patient: nil) { $0["X-Welkin-Worker"] = DataClinic.key }
            }
            #expect(try await other("calls/await", ["after": .null]).calls == [])
            #expect(try await other("calls/answer", ["call": call]).status == 404)
            #expect(try await clinic.calls().calls.count == 1)
        }
    }

    @Test("are waited for no longer than somebody wants to know")
    func cancelled() async throws {
        try await DataClinic.test { clinic in
            let version = try #require(await clinic.calls().json["version"])
            let poll = Task { try await clinic.ask("calls/await", ["after": version], patient: nil) }
            try await clinic.untilSleeping([25])
            poll.cancel()
            try await clinic.untilSleeping([])
        }
    }

    @Test("are placed once by their key, to a number of the patient")
    func place() async throws {
        try await DataClinic.test { clinic in
            var body: JSON = [
                "key": .string(DataClinic.key), "patient": .string(Self.elsa.id),
                "phone_number": .string(Self.elsa.phoneNumbers[1].id),
            ]
            let placed = try await clinic.ask("calls/place", body)
            #expect(placed.status == 202)
            #expect(placed.json["call"]?["state"] == "dialing")
            #expect(try await clinic.ask("calls/place", body).json == placed.json)
            body["phone_number"] = .string(DataClinic.patients[1].phoneNumbers[0].id)
            let refused = try await clinic.ask("calls/place", body)
            #expect(refused.status == 422)
            #expect(refused.error == "refused")
        }
    }

    /// Places a call to Elsa's first number, by that key; its id.
    private static func place(_ clinic: DataClinic, key: String = DataClinic.key) async throws -> JSON {
        let body: JSON = [
            "key": .string(key), "patient": .string(elsa.id), "phone_number": .string(elsa.phoneNumbers[0].id),
        ]
        return try #require(await clinic.ask("calls/place", body).json["call"]?["id"])
    }

    /// The calls to a patient, as their session is told.
    private static func placed(
        _ clinic: DataClinic, to patient: Patient = elsa, _ change: (inout HTTPFields) -> Void = { _ in }
    ) async throws -> [[String: JSON]] {
        let reply = try await clinic.ask("calls/placed", ["patient": .string(patient.id)], patient: patient.id, change)
        #expect(reply.status == 200)
        return reply.calls
    }

    /// The calls to Elsa, as `state` and `outcome`.
    private static func told(_ clinic: DataClinic) async throws -> [[JSON?]] {
        try await placed(clinic).map { [$0["state"], $0["outcome"]] }
    }

    @Test("are told of with the patient, and to who waits, until it is on record how they went")
    func placedAreOpen() async throws {
        try await DataClinic.test { clinic in
            #expect(try await clinic.calls().json["placed"] == [])
            let idle = try #require(await clinic.calls().json["version"])
            let call = try await Self.place(clinic)
            let open = try await clinic.calls()
            #expect(open.json["version"] != idle)
            let placed = try #require(open.json["placed"]?.objects.first)
            #expect(placed["id"] == call)
            #expect(placed["key"] == .string(DataClinic.key))
            #expect(placed["state"] == "dialing")
            #expect(placed["outcome"] == .null)
            #expect(placed["at"] == .int(Sample.now))
            #expect(placed["patient"]?["last_name"] == "Brandt")
            #expect(placed["phone_number"]?["phone_number"] == "+14155550132")
            #expect(try await Self.placed(clinic) == [placed])
            #expect(try await Self.placed(clinic, to: DataClinic.patients[1]) == [])

            for _ in 0..<2 {
                let ended = try await clinic.ask("calls/end", ["call": call])
                #expect(ended.json["call"] == ["id": call, "state": "ended"])
            }
            #expect(try await clinic.calls().json["placed"]?.objects.map { $0["state"] } == ["ended"])
            let body: JSON = ["call": call, "outcome": "no_answer"]
            #expect(try await clinic.ask("calls/outcome", body).status == 200)
            #expect(try await clinic.calls().json["version"] == idle)
            #expect(try await Self.told(clinic) == [["ended", "no_answer"]])
        }
    }

    @Test(
        "are put on record as what the worker says, at last",
        arguments: ["answered", "no_answer", "busy", "wrong_number"])
    func outcome(_ outcome: String) async throws {
        try await DataClinic.test { clinic in
            let call = try await Self.place(clinic)
            for said in ["busy", outcome] {
                let body: JSON = ["call": call, "outcome": .string(said)]
                #expect(try await clinic.ask("calls/outcome", body).status == 200)
            }
            #expect(try await Self.told(clinic) == [["ended", .string(outcome)]])
            let unknown = try await clinic.ask("calls/outcome", ["call": call, "outcome": "lost"])
            #expect(unknown.status == 400)
            let none = try await clinic.ask(
                "calls/outcome", ["call": .string(DataClinic.key), "outcome": "busy"])
            #expect(none.status == 404)
        }
    }

    @Test("to any patient are told of in a session without one, and to nobody who is unknown")
    func placedToAny() async throws {
        try await DataClinic.test { clinic in
            _ = try await Self.place(clinic)
            for (patient, count) in [(Self.elsa, 1), (DataClinic.patients[1], 0)] {
                let body: JSON = ["patient": .string(patient.id.uppercased())]
                #expect(try await clinic.ask("calls/placed", body, patient: nil).calls.count == count)
            }
            let unknown = try await clinic.ask("calls/placed", ["patient": .string(DataClinic.key)], patient: nil)
            #expect(unknown.status == 404)
        }
    }

    @Test("of which only the last to a number is told, besides those that are open")
    func latest() async throws {
        try await DataClinic.test { clinic in
            for (index, outcome) in ["busy", "answered"].enumerated() {
                let call = try await Self.place(clinic, key: "0d5f8b0e-6c1f-4a70-9a3e-2f6f1f5b8c2\(index)")
                let body: JSON = ["call": call, "outcome": .string(outcome)]
                #expect(try await clinic.ask("calls/outcome", body).status == 200)
            }
            #expect(try await Self.told(clinic) == [["ended", "answered"]])
            _ = try await Self.place(clinic)
            #expect(try await Self.told(clinic) == [["dialing", .null]])
        }
    }

    @Test("are taken back by their key, placed already or not yet, and then never placed")
    func cancel() async throws {
        try await DataClinic.test { clinic in
            let key: JSON = ["key": .string(DataClinic.key)]
            let call = try await Self.place(clinic)
            for _ in 0..<2 {
                let reply = try await clinic.ask("calls/cancel", key)
                #expect(reply.json["call"] == ["id": call, "state": "cancelled"])
            }
            #expect(try await Self.told(clinic) == [])
            #expect(try await clinic.calls().json["placed"] == [])
            #expect(try await clinic.ask("calls/outcome", ["call": call, "outcome": "busy"]).status == 404)

            let other = "0d5f8b0e-6c1f-4a70-9a3e-2f6f1f5b8c20"
            for _ in 0..<2 {
                #expect(try await clinic.ask("calls/cancel", ["key": .string(other)]).status == 200)
            }
            let late = try await clinic.ask(
                "calls/place",
                [
                    "key": .string(other), "patient": .string(Self.elsa.id),
                    "phone_number": .string(Self.elsa.phoneNumbers[0].id),
                ])
            #expect(late.status == 409)
            #expect(try await Self.told(clinic) == [])
        }
    }

    @Test("cannot be taken back once it is on record how they went")
    func cancelSettled() async throws {
        try await DataClinic.test { clinic in
            let call = try await Self.place(clinic)
            #expect(try await clinic.ask("calls/outcome", ["call": call, "outcome": "answered"]).status == 200)
            let reply = try await clinic.ask("calls/cancel", ["key": .string(DataClinic.key)])
            #expect(reply.status == 409)
            #expect(reply.error == "settled")
            #expect(try await Self.told(clinic) == [["ended", "answered"]])
        }
    }

    @Test("are settled by the worker who placed them, in a session of their patient or of none")
    func placedAreOnesOwn() async throws {
        try await DataClinic.test { clinic in
            let call = try await Self.place(clinic)
            let requests: [(String, JSON)] = [
                ("calls/end", ["call": call]), ("calls/outcome", ["call": call, "outcome": "busy"]),
                ("calls/cancel", ["key": .string(DataClinic.key)]),
            ]
            for (route, body) in requests {
                let omar = try await clinic.ask(route, body, patient: DataClinic.patients[1].id)
                #expect(omar.error == "patient_mismatch")
                let stranger = try await clinic.ask(route, body) { $0["X-Welkin-Worker"] = DataClinic.key }
                #expect(stranger.status == (route == "calls/cancel" ? 200 : 404))
            }
            #expect(try await Self.told(clinic) == [["dialing", .null]])
            #expect(try await Self.placed(clinic) { $0["X-Welkin-Worker"] = DataClinic.key } == [])
            for (route, body) in requests.prefix(2) {
                #expect(try await clinic.ask(route, body, patient: nil).status == 200)
            }
        }
    }

    @Test("that came in are ended by the worker, once they were answered")
    func endIncoming() async throws {
        try await DataClinic.test { clinic in
            let call = try await clinic.ring(Self.elsa)
            let early = try await clinic.ask("calls/end", ["call": call], patient: nil)
            #expect(early.status == 409)
            #expect(early.error == "not_answered")
            #expect(try await clinic.ask("calls/answer", ["call": call], patient: nil).status == 200)
            for _ in 0..<2 {
                #expect(try await clinic.ask("calls/end", ["call": call], patient: nil).status == 200)
            }
            #expect(try await clinic.calls().calls == [])
            let unknown: JSON = ["call": .string(DataClinic.key)]
            #expect(try await clinic.ask("calls/end", unknown, patient: nil).status == 404)
        }
    }

    @Test("come from the clinic's patients, when the host's own page asks")
    func ringRefused() async throws {
        try await DataClinic.test { clinic in
            #expect(try await clinic.control("/ring", "patient=\(DataClinic.key)").status == 404)
            let foreign = try await clinic.control("/ring", "", headers: [.origin: "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await clinic.calls().calls == [])
            #expect(try await clinic.control("/ring", "", headers: [.origin: "http://localhost"]).status == 200)
            #expect(try await clinic.calls().calls.count == 1)
        }
    }
}
