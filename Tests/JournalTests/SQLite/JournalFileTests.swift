import Foundation
import GRDB
import Identifiers
import Journal
import StoreFiles
import TestSupport
import Testing

@Suite("A journal's file")
struct JournalFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(
        _ provider: ProviderID = .one, creating: Bool = true, busyTimeout: Duration = .zero
    ) throws -> SQLiteJournal {
        try SQLiteJournal(path: folder.journal, provider: provider, creating: creating, busyTimeout: busyTimeout)
    }

    /// As errors have it.
    private var path: String { URL(filePath: folder.path).resolvingSymlinksInPath().path + "/journal.db" }

    /// A journal with one entry, closed.
    private func make() async throws {
        let journal = try open()
        try await journal.add(Sample.entry(), .writes)
        try await journal.close()
    }

    private func change(_ sql: String) async throws {
        let queue = try DatabaseQueue(path: folder.journal)
        try await queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func refusal(_ provider: ProviderID = .one) -> JournalError? {
        do {
            _ = try open(provider)
            return nil
        } catch { return error as? JournalError }
    }

    private func readingRefusal(_ provider: ProviderID? = nil) -> JournalError? {
        do {
            _ = try SQLiteJournal(readingFrom: folder.journal, provider: provider)
            return nil
        } catch { return error }
    }

    @Test("Is made for nobody else, and refused when others have rights on it")
    func privately() async throws {
        let old = umask(0)
        defer { umask(old) }
        let journal = try open()
        try await journal.add(Sample.entry(), .reads)
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.journal + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.journal)
        guard case .file(.openToOthers(path, _))? = refusal() else {
            Issue.record("not refused")
            return
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.journal)
        #expect(refusal() == nil)
        try await journal.close()
    }

    @Test("Is not made when it is only to be read, or to exist")
    func missing() async throws {
        #expect(throws: JournalError.file(.missing(path: path))) { try open(creating: false) }
        #expect(readingRefusal() == .file(.missing(path: path)))
        #expect(folder.names.isEmpty)
        try await make()
        let journal = try open(creating: false)
        try await journal.add(Sample.entry(1), .writes)
        try await journal.close()
        let reader = try SQLiteJournal(readingFrom: folder.journal, provider: .one)
        #expect(try await reader.all().count == 2)
        await #expect(throws: JournalError.file(.readOnly(path: path))) { try await reader.add(Sample.entry(), .reads) }
        try await reader.close()
    }

    @Test("Belongs to one provider, and has an id of its own")
    func provider() async throws {
        try await make()
        let other = ProviderID("provider-2")!
        #expect(refusal(other) == .otherProvider(found: "provider-1", expected: "provider-2"))
        #expect(readingRefusal(other) == .otherProvider(found: "provider-1", expected: "provider-2"))
        #expect(refusal(ProviderID("PROVIDER-1")!) == nil && readingRefusal() == nil)
        let journal = try open()
        let id = try await journal.storeID()
        #expect(id.count == 32)
        try await journal.close()
        #expect(try await open().storeID() == id)
        let another = try TemporaryFolder()
        #expect(try await SQLiteJournal(path: another.journal, provider: .one).storeID() != id)
    }

    @Test("With a newer schema, of another program, or a replica is refused and left as it is")
    func foreign() async throws {
        try await make()
        try await change("UPDATE meta SET value = '99' WHERE name = 'schema'")
        #expect(refusal() == .newerSchema(found: 99, known: 1) && readingRefusal() == .newerSchema(found: 99, known: 1))
        try await change("UPDATE meta SET value = '1' WHERE name = 'schema'")
        #expect(refusal() == nil && readingRefusal() == nil)
        try await change("PRAGMA application_id = 1464159307")
        #expect(refusal() == .notAJournal(path: path) && readingRefusal() == .notAJournal(path: path))
        try await change("PRAGMA application_id = 1464159306")
        #expect(refusal() == nil)
    }

    @Test("That is damaged, or no database, is told as such")
    func corrupt() async throws {
        try folder.write("journal.db", "This is no database. This is no database.")
        #expect(refusal() == .corrupt(path: path))
        try FileManager.default.removeItem(atPath: folder.journal)
        let journal = try open()
        for round in 0..<50 {
            try await journal.perform(.reads) { transaction in
                for number in 0..<50 { transaction.add(Sample.entry(round * 50 + number)) }
            }
        }
        #expect(try await journal.damage() == [])
        try await journal.close()
        let file = try FileHandle(forUpdating: URL(filePath: folder.journal))
        let end = try file.seekToEnd()
        // The first pages hold the schema, and the tables' roots.
        for page in stride(from: UInt64(32_768), to: end, by: 4_096) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 64))
        }
        try file.close()
        let damaged = try open()
        #expect(try await damaged.damage().isEmpty == false)
        await #expect(throws: JournalError.corrupt(path: path)) { try await damaged.all() }
        try await damaged.close()
    }

    @Test("That another program has locked is waited for, and then refused; free again afterwards")
    func locked() async throws {
        let journal = try open(busyTimeout: .milliseconds(50))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.journal, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let results = await withTaskGroup(of: JournalError?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await journal.add(Sample.entry(number), .reads)
                        return nil
                    } catch { return error as? JournalError }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: .locked(path: path), count: 200))
        // Work that adds nothing needs no lock, and lists neither.
        let answer = try await journal.perform(.reads) { _ in 1 }
        #expect(answer == 1)
        #expect(try await journal.all().isEmpty)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await journal.add(Sample.entry(), .reads)
        #expect(try await journal.all().count == 1)
        try await journal.close()
        try other.close()
    }

    @Test("That another program locks for a moment only is waited for")
    func lockedForAMoment() async throws {
        let journal = try open(busyTimeout: .seconds(30))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.journal, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        async let added: Void = journal.add(Sample.entry(), .writes)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await added
        try await journal.close()
        try other.close()
    }

    @Test(
        "That is removed or replaced while it is open answers nothing more, until it is back",
        arguments: ["", "-wal", "-shm"], [false, true])
    func moved(suffix: String, isReplaced: Bool) async throws {
        let journal = try open()
        try await journal.add(Sample.entry(), .reads)
        let (file, away) = (folder.journal + suffix, folder.path("away"))
        try FileManager.default.moveItem(atPath: file, toPath: away)
        if isReplaced { try folder.write("journal.db" + suffix, "") }
        for durability in [Durability.reads, .writes] {
            await #expect(throws: JournalError.moved(path: path)) {
                try await journal.add(Sample.entry(1), durability)
            }
        }
        if isReplaced { try FileManager.default.removeItem(atPath: file) }
        try FileManager.default.moveItem(atPath: away, toPath: file)
        try await journal.add(Sample.entry(2), .reads)
        #expect(try await journal.all().map(\.entry) == [Sample.entry(), Sample.entry(2)])
        try await journal.close()
    }

    @Test("Is moved under work in progress: its answer is not given either")
    func movedMeanwhile() async throws {
        let journal = try open()
        let (file, away) = (folder.journal, folder.path("away"))
        await #expect(throws: JournalError.moved(path: path)) {
            try await journal.perform(.reads) { transaction in
                transaction.add(Sample.entry())
                try FileManager.default.moveItem(atPath: file, toPath: away)
            }
        }
        try FileManager.default.moveItem(atPath: away, toPath: file)
        try await journal.close()
    }

    @Test("Is made once when several open it at the same moment")
    func together() async throws {
        for _ in 0..<10 {
            let folder = try TemporaryFolder()
            let path = folder.journal
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let journal = try SQLiteJournal(path: path, provider: .one)
                        try await journal.add(Sample.entry(number), .reads)
                        let id = try await journal.storeID()
                        try await journal.close()
                        return id
                    }
                }
                var ids: [String] = []
                for try await id in group { ids.append(id) }
                return ids
            }
            #expect(Set(ids).count == 1 && ids.count == 8)
            let journal = try SQLiteJournal(readingFrom: path)
            #expect(try await journal.all().count == 8)
        }
    }
}
