import StoreFiles
import Identifiers
import Records
import Foundation
import GRDB
import Replica
import TestSupport
import Testing

@Suite("Opening a replica in SQLite")
struct OpeningTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ path: String? = nil, provider: String = "provider-1") throws -> SQLiteReplica {
        try SQLiteReplica(path: path ?? folder.replica, provider: ProviderID(provider)!, busyTimeout: .zero)
    }

    /// The file system's own name of a path, as errors have it.
    private func real(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// A replica with one record, closed.
    private func makeReplica() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        try await replica.close()
    }

    /// The error that opening gives; nil when it opens.
    private func refusal(_ path: String? = nil, provider: String = "provider-1") -> ReplicaError? {
        do {
            _ = try open(path, provider: provider)
            return nil
        } catch { return error as? ReplicaError }
    }

    @Test("Folders and files are made for nobody else, whatever the umask")
    func makesPrivately() async throws {
        let old = umask(0)
        defer { umask(old) }
        let path = "\(folder.path)/deep/down/replica.sqlite"
        let replica = try open(path)
        try await replica.take([Sample.patient("a")])
        #expect(try mode("\(folder.path)/deep") == 0o700)
        #expect(try mode("\(folder.path)/deep/down") == 0o700)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
        try await replica.close()
    }

    @Test("What others have rights on is refused, and the remedy opens it again", arguments: ["", "-wal", "-shm", "/"])
    func openToOthers(suffix: String) async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        // Left open, so that all files are there.
        defer { _ = replica }
        let path = suffix == "/" ? folder.path : folder.replica + suffix
        for bits in [0o040, 0o004, 0o010, 0o002] {
            try setMode((suffix == "/" ? 0o700 : 0o600) | bits, path)
            guard case .file(.openToOthers(real(path), _))? = refusal() else {
                Issue.record("\(path) with \(bits) was not refused")
                continue
            }
        }
        try setMode(suffix == "/" ? 0o700 : 0o600, path)
        #expect(refusal() == nil)
    }

    @Test(
        "A symbolic link in the file's place is refused; one on the way there is followed",
        arguments: ["", "-wal", "-shm"])
    func symbolicLink(suffix: String) async throws {
        try await makeReplica()
        let other = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: other.replica + suffix, withDestinationPath: folder.replica)
        #expect(refusal(other.replica) == .file(.symbolicLink(path: real(other.path) + "/replica.sqlite" + suffix)))
        try FileManager.default.createSymbolicLink(atPath: "\(other.path)/way", withDestinationPath: folder.path)
        #expect(refusal("\(other.path)/way/replica.sqlite") == nil)
    }

    @Test("Only root can find another's file", .enabled(if: geteuid() == 0))
    func ownedByOther() async throws {
        try await makeReplica()
        try #require(chown(folder.replica, 4711, 4711) == 0)
        #expect(refusal() == .file(.ownedByOther(path: real(folder.replica), owner: 4711)))
        try #require(chown(folder.replica, 0, 0) == 0)
        try #require(chown(folder.path, 4711, 4711) == 0)
        #expect(refusal() == .file(.ownedByOther(path: real(folder.path), owner: 4711)))
    }

    @Test("A folder in the file's place, and a file in the folder's")
    func wrongKinds() throws {
        try FileManager.default.createDirectory(atPath: folder.replica, withIntermediateDirectories: false)
        #expect(refusal() == .file(.notAFile(path: real(folder.replica))))
        try Data().write(to: URL(filePath: "\(folder.path)/file"))
        #expect(refusal("\(folder.path)/file/replica.sqlite") == .file(.notAFolder(path: "\(folder.path)/file")))
    }

    @Test("A file that is no database, and one that is damaged")
    func corrupt() async throws {
        try Data("This is no database. ".utf8).write(to: URL(filePath: folder.replica))
        try setMode(0o600, folder.replica)
        #expect(refusal() == .corrupt(path: real(folder.replica)))
        try FileManager.default.removeItem(atPath: folder.replica)
        try await makeReplica()
        // The schema's page behind the header.
        let file = try FileHandle(forUpdating: URL(filePath: folder.replica))
        try file.seek(toOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 3_996))
        try file.close()
        #expect(refusal() == .corrupt(path: real(folder.replica)))
        #expect(ReplicaError.corrupt(path: "").kind == .failed)
    }

    @Test("Damage that is found only later is told as such")
    func corruptLater() async throws {
        let replica = try open()
        try await replica.take((0..<500).map { Sample.patient("p\($0)") })
        try await replica.close()
        let file = try FileHandle(forUpdating: URL(filePath: folder.replica))
        let end = try file.seekToEnd()
        for page in stride(from: UInt64(16_384), to: end, by: 4_096) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 64))
        }
        try file.close()
        let damaged = try open()
        await #expect(throws: ReplicaError.corrupt(path: real(folder.replica))) {
            for try await _ in damaged.allRows(of: "patients") {}
        }
    }

    @Test("Another program's database is left alone")
    func foreign() async throws {
        let queue = try DatabaseQueue(path: folder.replica)
        try await queue.write { try $0.execute(sql: "CREATE TABLE patients (id TEXT)") }
        try queue.close()
        try setMode(0o600, folder.replica)
        #expect(refusal() == .notAReplica(path: real(folder.replica)))
        let after = try DatabaseQueue(path: folder.replica)
        #expect(try await after.read { try $0.tableExists("welkin_meta") } == false)
    }

    @Test("An older schema is brought up to date by opening it to write, and refused for reading before")
    func olderSchema() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a"), "17"])
        try await replica.close()
        try await downgrade(
            """
            DROP INDEX welkin_quarantine_record; ALTER TABLE welkin_quarantine DROP COLUMN record_id;
            UPDATE welkin_meta SET value = '1' WHERE name = 'schema'
            """)
        let older = ReplicaError.olderSchema(found: 1, known: 4)
        #expect(throws: older) { try SQLiteReplica(readingFrom: folder.replica) }
        #expect(throws: ReplicaError.otherProvider(found: "provider-1", expected: "provider-2")) {
            try SQLiteReplica(readingFrom: folder.replica, provider: ProviderID("provider-2")!)
        }
        #expect(older.kind == .settings)
        let opened = try open()
        try await opened.take([#"{"id": "b", oops}"#])
        #expect(try await opened.status().first?.quarantined == 2)
        try await opened.close()
        try SQLiteReplica(readingFrom: folder.replica).queue.close()
    }

    /// Takes away what steps 3 and 4 have made, and then what is asked for.
    private func downgrade(_ sql: String) async throws {
        let queue = try DatabaseQueue(path: folder.replica)
        try await queue.write { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'welkin%'")
            for table in tables where try database.columns(in: table).contains(where: { $0.name == "repaired" }) {
                try database.execute(
                    sql: #"ALTER TABLE "\#(table)" DROP COLUMN stream; ALTER TABLE "\#(table)" DROP COLUMN repaired"#)
            }
            try database.execute(
                sql: """
                    ALTER TABLE welkin_streams DROP COLUMN window_overrules;
                    ALTER TABLE welkin_streams DROP COLUMN window_undated;
                    ALTER TABLE welkin_streams DROP COLUMN window_mark; DROP TABLE welkin_instants;
                    DROP TABLE welkin_changes; DROP TABLE welkin_got; DELETE FROM welkin_meta WHERE name IN ('api', 'client', 'id');
                    UPDATE welkin_meta SET value = '2' WHERE name = 'schema'; \(sql)
                    """)
        }
        try queue.close()
    }

    @Test("Rows of an older replica become those of the streams that have brought them, as far as can be told")
    func olderStreams() async throws {
        let replica = try open()
        let (login, export) = (Filter("event_type", "login"), Filter("event_type", "data_export"))
        try await replica.take([#"{"id": "1"}"#], of: .alerts, filter: Filter("alert_type", "app_message"))
        try await replica.take([#"{"id": "2", "event_type": "login"}"#], of: .auditLogs, filter: login)
        try await replica.take(
            [#"{"id": "3", "event_type": "data_export"}"#, #"{"id": "4"}"#], of: .auditLogs, filter: export)
        try await replica.close()
        try await downgrade("")
        let opened = try open()
        #expect(try await opened.status().map(\.rows) == [1, 1, 1])
        // What nothing tells of is noted when it comes again.
        try await opened.take([#"{"id": "4"}"#], of: .auditLogs, filter: export)
        #expect(try await opened.status().map(\.rows) == [1, 2, 1])
        try await opened.close()
    }

    @Test("A replica remembers where its records come from, once it has some, and asks before that changes")
    func source() async throws {
        let welkin = ReplicaSource(api: "https://api.welkinhealth.com", clientID: "client-1")
        func open(_ source: ReplicaSource, acceptsChange: Bool = false) throws -> SQLiteReplica {
            try SQLiteReplica(
                path: folder.replica, provider: ProviderID("provider-1")!, source: source, acceptsChange: acceptsChange)
        }
        // Nothing has come from there yet: a mistyped address binds nothing.
        try await open(ReplicaSource(api: "https://mistyped.example", clientID: "client-1")).close()
        var replica = try open(welkin)
        try await replica.take([Sample.patient("a")])
        try await replica.close()
        let api = ReplicaError.otherSource(.api(found: welkin.api, expected: "https://sandbox.example"))
        let others: [(ReplicaSource, ReplicaError)] = [
            (ReplicaSource(api: "https://sandbox.example", clientID: "client-1"), api),
            (ReplicaSource(api: welkin.api, clientID: "client-2"), .otherSource(.client)),
        ]
        for (other, error) in others {
            #expect(throws: error) { try open(other) }
            #expect(throws: error) { try SQLiteReplica(readingFrom: folder.replica, source: other) }
            #expect(!"\(error)".contains("client-"))
        }
        try await SQLiteReplica(readingFrom: folder.replica, source: welkin).close()
        // Accepted, it is another one's as soon as something comes from there.
        replica = try open(others[0].0, acceptsChange: true)
        #expect(throws: api) { try open(others[0].0) }
        try await replica.take([])
        try await replica.close()
        try await open(others[0].0).close()
        #expect(throws: ReplicaError.self) { try open(welkin) }
    }

    @Test("A newer schema is refused, for reading too")
    func newerSchema() async throws {
        try await makeReplica()
        let queue = try DatabaseQueue(path: folder.replica)
        try await queue.write { try $0.execute(sql: "UPDATE welkin_meta SET value = '99' WHERE name = 'schema'") }
        try queue.close()
        #expect(refusal() == .newerSchema(found: 99, known: 4))
        #expect(throws: ReplicaError.newerSchema(found: 99, known: 4)) {
            try SQLiteReplica(readingFrom: folder.replica)
        }
    }

    @Test("A replica belongs to one provider")
    func provider() async throws {
        try await makeReplica()
        #expect(refusal(provider: "PROVIDER-1") == nil, "ids are GUIDs, in which case has no meaning")
        #expect(refusal(provider: "provider-2") == .otherProvider(found: "provider-1", expected: "provider-2"))
        #expect(throws: ReplicaError.otherProvider(found: "provider-1", expected: "provider-2")) {
            try SQLiteReplica(readingFrom: folder.replica, provider: ProviderID("provider-2")!)
        }
        #expect(refusal() == nil)
        #expect(try await SQLiteReplica(readingFrom: folder.replica).text(of: "a") == Sample.patient("a"))
    }

    @Test("Reading makes no replica, and cannot write")
    func reading() async throws {
        #expect(throws: ReplicaError.file(.missing(path: real(folder.path) + "/replica.sqlite"))) {
            try SQLiteReplica(readingFrom: folder.replica)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.replica))
        #expect(throws: ReplicaError.file(.missing(path: "\(folder.path)/none/replica.sqlite"))) {
            try SQLiteReplica(readingFrom: "\(folder.path)/none/replica.sqlite")
        }
        try await makeReplica()
        let reader = try SQLiteReplica(readingFrom: folder.replica, provider: ProviderID("provider-1")!)
        await #expect(throws: ReplicaError.file(.readOnly(path: real(folder.replica)))) {
            try await reader.take([Sample.patient("b")])
        }
        // Another connection writes meanwhile, and the reader sees it.
        let writer = try open()
        try await writer.take([Sample.patient("c")])
        #expect(try await reader.status().map(\.rows) == [2])
    }

    @Test("A file that its owner may not write to is refused")
    func readOnly() async throws {
        try await makeReplica()
        try setMode(0o400, folder.replica)
        #expect(refusal() == .file(.readOnly(path: real(folder.replica))))
        try setMode(0o600, folder.replica)
        #expect(refusal() == nil)
    }

    @Test("A database that another program has locked fails, and is free again afterwards")
    func locked() async throws {
        try await makeReplica()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.replica, configuration: configuration)
        let replica = try open()
        let path = real(folder.replica)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        await #expect(throws: ReplicaError.locked(path: path)) { try await replica.take([Sample.patient("b")]) }
        #expect(ReplicaError.locked(path: path).kind == .failed)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try await replica.take([Sample.patient("b")]) == CommitCounts(inserted: 1))
    }

    @Test("A full disk takes the whole page back, and the next one fits once there is room")
    func full() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        let path = real(folder.replica)
        try await replica.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 40") }
        let large = Sample.patient("b", more: #""street": "\#(String(repeating: "x", count: 400_000))""#)
        await #expect(throws: ReplicaError.diskFull(path: path)) {
            _ = try await replica.commit(
                Sample.page([Sample.patient("c"), large], next: StreamState(cursor: Sample.received)))
        }
        #expect(try await replica.state(of: StreamID(resource: "patients")).cursor == Sample.noon)
        #expect(try await replica.record("c", of: "patients") == nil)
        try await replica.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(try await replica.take([Sample.patient("c"), large]) == CommitCounts(inserted: 2))
    }

    @Test("Every refusal says what it is, and what it asks for")
    func kinds() {
        let errors: [(ReplicaError, ReplicaError.Kind)] = [
            (.file(.openToOthers(path: "p", mode: 0o100644)), .settings),
            (.file(.ownedByOther(path: "p", owner: 1)), .settings),
            (.file(.symbolicLink(path: "p")), .settings), (.file(.notAFile(path: "p")), .settings),
            (.file(.notAFolder(path: "p")), .settings),
            (.file(.missing(path: "p")), .settings), (.file(.networkFileSystem(path: "p", type: "nfs")), .settings),
            (.file(.readOnly(path: "p")), .settings),
            (.notAReplica(path: "p"), .settings), (.newerSchema(found: 2, known: 2), .settings),
            (.otherProvider(found: "a", expected: "b"), .settings), (.invalidName("x"), .settings),
            (.locked(path: "p"), .failed),
            (.runInProgress(process: 1, since: nil), .busy), (.corrupt(path: "p"), .failed),
            (.diskFull(path: "p"), .failed),
            (.file(.system(call: "stat", path: "p", code: ENOENT)), .failed),
            (.file(.system(call: "mkdir", path: "p", code: EACCES)), .settings),
            (.database(code: 10, message: "m"), .failed),
        ]
        for (error, kind) in errors { #expect(error.kind == kind) }
        #expect(Set(errors.map(\.0.description)).count == errors.count)
        #expect(errors[0].0.description == "p is open to other users (mode 0644)")
    }
}
