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
            #expect(try await other("calls/schedule", [:]).calls == [])
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

    @Test("of the day are by time, around now", arguments: [0, 899, 1799, 86_399])
    func schedule(later: Int) async throws {
        try await DataClinic.test { clinic in
            clinic.clock.advance(by: .seconds(later))
            let calls = try await clinic.ask("calls/schedule", patient: nil).calls
            let times = calls.compactMap { $0["at"]?.int }
            #expect(times == times.sorted())
            #expect(times.allSatisfy { $0 % 1800 == 0 })
            #expect(times[0] < clinic.clock.seconds && clinic.clock.seconds < times[5])
            #expect(calls.map { $0["done"] } == [true, true, false, false, false, false].map(JSON.bool))
            #expect(try await clinic.ask("calls/schedule", patient: nil).calls == calls)
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
