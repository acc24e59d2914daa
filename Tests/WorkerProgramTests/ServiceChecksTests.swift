import DataService
import Foundation
import Settings
import Testing
import TestSupport
import WorkerProgram

@Suite("What serve asks of a host") struct ServiceChecksTests {
    private let me = geteuid()

    @Test("Stores must be this user's") func owner() throws {
        try TemporaryFolder.use { folder in
            let stores = [(Setting.replica, try folder.write("replica.db", "")), (.journal, folder.path("journal.db"))]
            #expect(StoreOwner.problem(with: stores) == nil)
            #expect(StoreOwner(of: stores[0].1)?.user == me)
            let problem = try #require(StoreOwner.problem(with: stores, user: 4_000_000_001))
            #expect(problem.setting == "WELKIN_REPLICA")
            #expect(problem.problem.hasPrefix("\(stores[0].1) belongs to "))
            #expect(problem.problem.hasSuffix("runs as user id 4000000001"))
            // One that does not exist is its folder's owner's; without a folder there is nobody yet.
            #expect(StoreOwner(of: stores[1].1)?.user == me)
            #expect(StoreOwner.problem(with: [stores[1]], user: 4_000_000_001)?.setting == "WELKIN_JOURNAL")
            #expect(StoreOwner(of: folder.path("none/journal.db")) == nil)
        }
    }

    @Test("Files in the served folder are refused, also through a link") func served() throws {
        try TemporaryFolder.use { folder in
            let root = folder.path("public")
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
            let file = try folder.write("settings", "x")
            #expect(ServedFolder.problem(with: [file], root: root) == nil)
            #expect(ServedFolder.problem(with: [file], root: folder.path)?.setting == "DOCUMENT_ROOT")
            #expect(ServedFolder.problem(with: [root + "/none"], root: root) != nil)
            #expect(ServedFolder.problem(with: [folder.path("public-too")], root: root) == nil)
            let link = folder.path("link")
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: try folder.write("public/x", ""))
            #expect(ServedFolder.problem(with: [link], root: root) != nil)
        }
    }

    @Test("Files that others can read are refused", arguments: [0o640, 0o604, 0o620, 0o601]) func modes(mode: Int)
        throws
    {
        try TemporaryFolder.use { folder in
            let file = try folder.write("settings", "x", permissions: mode)
            #expect(ServedFolder.problem(with: [file], root: nil)?.remedy == "chmod 600 \(file)")
            try folder.write("settings", "x")
            #expect(ServedFolder.problem(with: [file], root: nil) == nil)
        }
    }

    @Test(
        "A thousand waiting pages need connections of nginx",
        arguments: [
            ("events { worker_connections 4096; }", nil), ("events{worker_connections 8192;}", nil),
            ("events {\n\tworker_connections 768;\n}", "384"), ("events { } # worker_connections 4096;", "256"),
            ("", "256"), ("worker_connections", "256"), ("events { worker_connections many; }", "256"),
            ("events { worker_connections\n  4095\n; }", "2047"),
        ]) func connections(configuration: String, pages: String?) throws
    {
        let warning = WaitingCapacity.warning(for: configuration)
        #expect(warning?.contains("lets \(pages ?? "") pages wait") == (pages == nil ? nil : true))
        #expect(warning?.contains("worker_connections 4096;") == (pages == nil ? nil : true))
    }

    private func review(_ records: [String], fields: [String] = ["text=note", "author=by"]) throws -> NoteReview {
        var review = NoteReview(try NoteMapping(type: "_note", fields: fields))
        for record in records { review.look(at: Array(record.utf8)) }
        return review
    }

    @Test("Notes are compared with their mapping") func notes() throws {
        let whole = #"{"id":"1","type_name":"_note","body":{"note":"n","by":"b"}}"#
        let half = #"{"id":"2","type_name":"_note","body":{"note":"n"}}"#
        let other = #"{"id":"3","type_name":"weight","body":{"note":"n"}}"#
        #expect(try review([whole]).warning == nil)
        #expect(try review([half, whole]).warning == nil, "not every note has everything")
        #expect(try review([half, other]).warning?.contains("member by ") == true)
        #expect(try review([other]).warning?.hasSuffix("it has weight") == true)
        #expect(try review([]).warning?.contains("_note (WELKIN_NOTE_TYPE)") == true)
        #expect(try review([half, other]).isOver == false)
        #expect(try review([whole]).isOver)
        #expect(try review(["no record", "[]"]).isOver == false)
    }
}
