import Testing
import Worker

@Suite("Atomic files") struct AtomicFileTests {
    @Test("The old file stays until the new one is whole; what is given up leaves nothing") func whole() throws {
        try TemporaryFolder.use { folder in
            try folder.write("old", to: "file")
            do {
                let file = try AtomicFile(folder.path("file"), mode: 0o600)
                try file.write(Array("half".utf8))
                #expect(try folder.text("file") == "old")
            }
            #expect(folder.names == ["file"])
            let file = try AtomicFile(folder.path("file"), mode: 0o600)
            try file.write(Array("new".utf8))
            try file.commit()
            #expect(try folder.text("file") == "new")
            #expect(folder.names == ["file"])
        }
    }

    @Test("A folder that is not there is named") func noFolder() throws {
        try TemporaryFolder.use { folder in
            #expect(throws: AtomicFile.Failure.self) { try AtomicFile(folder.path("none/file"), mode: 0o600) }
        }
    }
}
