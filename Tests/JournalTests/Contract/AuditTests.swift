import Identifiers
import Journal
import Records
import Testing

@Suite("The audit")
struct AuditTests {
    @Test("Gives back what was added, ids in lower case", arguments: Backend.allCases)
    func all(backend: Backend) async throws {
        try await backend.withStore { store in
            let worker = WorkerID("2C75593B-ACCE-46EC-9AB3-BB642BA7CC0E")!
            let full = AuditEntry(
                time: Sample.noon, actor: .session(app: AppName("video")!, launch: "00ff", worker: worker),
                patient: PatientID("P1"), route: "records/find", resource: "visits", record: "r1", count: 25,
                outcome: .refused("forbidden"))
            let command = AuditEntry(time: Sample.noon + .seconds(1), actor: .account("alice"), route: "audit")
            try await store.perform(.writes) { transaction in
                transaction.add(full)
                transaction.add(command)
            }
            let entries = try await store.all()
            #expect(entries.map(\.entry) == [full, command])
            guard case .session(_, _, let stored)? = entries.first?.entry.actor else {
                Issue.record("no session")
                return
            }
            #expect(stored.text == worker.folded && entries.first?.entry.patient?.text == "p1")
            #expect(entries.map(\.attempts) == [1, 1] && entries.allSatisfy { $0.last == nil })
        }
    }

    @Test("Is asked by worker, patient and time; ids without case, the end is outside", arguments: Backend.allCases)
    func queries(backend: Backend) async throws {
        try await backend.withStore { store in
            for number in 0..<12 {
                let patient = number % 4 == 3 ? nil : "p\(number % 4)"
                try await store.add(Sample.entry(number, worker: "w\(number % 3)", patient: patient), .reads)
            }
            func seconds(_ query: AuditQuery) async throws -> [Int] {
                try await store.all(query, page: 2).map { Int(($0.entry.time - Sample.noon).components.seconds) }
            }
            let (worker, patient) = (WorkerID("W1")!, PatientID("P1")!)
            let (from, before) = (Sample.noon + .seconds(4), Sample.noon + .seconds(9))
            #expect(try await seconds(AuditQuery()) == Array(0..<12))
            #expect(try await seconds(AuditQuery(worker: worker)) == [1, 4, 7, 10])
            #expect(try await seconds(AuditQuery(patient: patient)) == [1, 5, 9])
            #expect(try await seconds(AuditQuery(worker: worker, patient: patient)) == [1])
            #expect(try await seconds(AuditQuery(from: from, before: before)) == [4, 5, 6, 7, 8])
            #expect(try await seconds(AuditQuery(worker: worker, from: from, before: before)) == [4, 7])
            #expect(try await seconds(AuditQuery(patient: patient, before: before)) == [1, 5])
            #expect(try await seconds(AuditQuery(worker: WorkerID("w9")!)) == [])
        }
    }

    @Test("Is in order of time, page by page, also where many share an instant", arguments: Backend.allCases)
    func pages(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.perform(.reads) { transaction in
                for number in 0..<40 { transaction.add(Sample.entry((40 - number) / 10, route: "r\(number)")) }
            }
            let entries = try await store.all(page: 7)
            #expect(Set(entries.map(\.number)).count == 40)
            #expect(entries.map(\.entry.time) == entries.map(\.entry.time).sorted())
            #expect(try await store.all(page: 1000) == entries)
            #expect(try await store.entries(AuditQuery(), after: entries.last, limit: 5) == [])
        }
    }

    @Test("Counts refused attempts of a launch beyond sixty a minute in one entry", arguments: Backend.allCases)
    func counted(backend: Backend) async throws {
        try await backend.withStore { store in
            // In the same transaction, and in one after the other.
            try await store.perform(.reads) { transaction in
                for _ in 0..<58 { transaction.add(Sample.entry(1, outcome: .refused("forbidden"))) }
            }
            for second in 2..<12 {
                try await store.add(Sample.entry(second, outcome: .refused("other_patient")), .reads)
            }
            // Other launches, other minutes and what was granted have entries of their own.
            try await store.add(Sample.entry(12, launch: "other", outcome: .refused("forbidden")), .reads)
            try await store.add(Sample.entry(13), .reads)
            try await store.add(Sample.entry(60, outcome: .refused("forbidden")), .reads)
            let entries = try await store.all()
            #expect(entries.count == 60 + 1 + 3)
            let counted = try #require(entries.first { $0.entry.outcome == .counted })
            #expect(counted.attempts == 8 && counted.last == Sample.noon + .seconds(11))
            #expect(
                counted.entry
                    == AuditEntry(
                        time: Sample.noon + .seconds(4), actor: Sample.session(), route: "*", outcome: .counted))
            #expect(entries.filter { $0.attempts > 1 }.count == 1)
        }
    }

    @Test("Loses what is older than asked, in steps, and nothing else", arguments: Backend.allCases)
    func prune(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.perform(.reads) { transaction in
                for number in 0..<1_200 { transaction.add(Sample.entry(number)) }
            }
            let last = try await store.all().last
            #expect(try await store.prune(before: Sample.noon, limit: 10) == 0)
            #expect(try await store.prune(before: Sample.noon + .seconds(1_100), limit: 10) == 10)
            #expect(try await store.all().first?.entry.time == Sample.noon + .seconds(10))
            #expect(try await store.prune(before: Sample.noon + .seconds(1_100)) == 1_090)
            #expect(try await store.all().map(\.entry) == (1_100..<1_200).map { Sample.entry($0) })
            // Numbers are not given again.
            #expect(try await store.prune(before: Sample.noon + .seconds(5_000)) == 100)
            try await store.add(Sample.entry(), .reads)
            let next = try await store.all().first
            #expect(try #require(next).number > (try #require(last)).number)
        }
    }
}
