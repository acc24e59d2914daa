import Foundation
import Journal
import TestSupport
import Testing

@Suite("A journal's durability")
struct JournalDurabilityTests {
    /// Adds entries from several callers, and writes a byte into `answers` for each that was answered.
    private static func work(_ path: String, answers: Int32, kill after: Int) async throws {
        let journal = try SQLiteJournal(path: path, provider: .one)
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    for number in 0... {
                        guard
                            let entry = try? await journal.perform(
                                number % 5 == 0 ? .writes : .reads,
                                { transaction in
                                    let entry = Sample.entry(number, route: "\(caller)-\(number)")
                                    transaction.add(entry)
                                    return entry
                                })
                        else { return }
                        let line = Array("\(entry.route)\n".utf8)
                        _ = line.withUnsafeBytes { write(answers, $0.baseAddress!, $0.count) }
                        if caller == 0, number == after { kill(getpid(), SIGKILL) }
                    }
                }
            }
        }
    }

    @Test("Killed at work: what was answered is there, and the file is whole")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let (path, answers) = (folder.journal, folder.path("answers"))
        for round in 1...10 {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, answers = answers as String, round = round as Int] in
                let descriptor = open(answers, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                try await Self.work(path, answers: descriptor, kill: round * 7)
            }
            let journal = try SQLiteJournal(path: path, provider: .one)
            #expect(try await journal.damage() == [])
            var kept: [String: Int] = [:]
            for entry in try await journal.all() { kept[entry.entry.route, default: 0] += 1 }
            var answered: [String: Int] = [:]
            for line in try folder.text("answers").split(separator: "\n") { answered[String(line), default: 0] += 1 }
            #expect(!answered.isEmpty)
            for (route, count) in answered { #expect(kept[route, default: 0] >= count) }
            try await journal.close()
        }
    }

    @Test("Reads reach the disk soon, though nothing follows; writes need nothing more", .timeLimit(.minutes(1)))
    func synced() async throws {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.journal, provider: .one)
        let counters = try #require(journal.counters)
        try await journal.add(Sample.entry(), .writes)
        await journal.settle()
        #expect((counters.commits, counters.jobs) == (1, 1))
        let before = counters.syncs
        try await journal.add(Sample.entry(1), .reads)
        let start = ContinuousClock.now
        while counters.syncs == before { try await Task.sleep(for: .milliseconds(5)) }
        // What is promised is a second; a busy machine may take longer to tell.
        #expect(ContinuousClock.now - start < .seconds(10))
        try await journal.close()
    }

    @Test("Callers that come together share transactions")
    func shared() async throws {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.journal, provider: .one)
        let gate = DispatchSemaphore(value: 0)
        let first = Task { try await journal.perform(.reads) { _ in gate.wait() } }
        let rest = (0..<100).map { number in Task { try await journal.add(Sample.entry(number), .reads) } }
        gate.signal()
        try await first.value
        for task in rest { try await task.value }
        let counters = try #require(journal.counters)
        #expect(counters.commits < 100)
        #expect(try await journal.all().count == 100)
        try await journal.close()
    }

    @Test("A full disk refuses what it cannot hold, and takes it once there is room")
    func full() async throws {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.journal, provider: .one)
        try await journal.add(Sample.entry(), .writes)
        try await journal.limit(toPages: 20)
        let path = URL(filePath: folder.path).resolvingSymlinksInPath().path + "/journal.db"
        await #expect(throws: JournalError.diskFull(path: path)) {
            try await journal.perform(.writes) { transaction in
                for number in 0..<2_000 { transaction.add(Sample.entry(number)) }
            }
        }
        #expect(try await journal.all().count == 1)
        try await journal.add(Sample.entry(1), .writes)
        try await journal.limit(toPages: 1_000_000)
        try await journal.perform(.writes) { transaction in
            for number in 0..<2_000 { transaction.add(Sample.entry(number)) }
        }
        #expect(try await journal.all().count == 2_002)
        try await journal.close()
    }
}
