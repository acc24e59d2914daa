import Glibc
import Platform
import TestSupport
import Testing

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

    /// What a run that is killed leaves behind: nothing closes it, and nothing has it locked.
    private func leaveBehind(_ name: String, in folder: TemporaryFolder, process: Int32 = 1) throws -> String {
        let partial = ".\(name).welkin-worker-\(process).partial"
        try folder.write("half", to: partial)
        return partial
    }

    private func replace(_ name: String, in folder: TemporaryFolder) throws {
        let file = try AtomicFile(folder.path(name), mode: 0o600)
        try file.commit()
    }

    @Test("What a killed run left behind goes with the next one, whose number the process has now") func sweep() throws
    {
        try TemporaryFolder.use { folder in
            // Process 1 lives, and so do we.
            for process in [1, getpid()] { _ = try leaveBehind("file", in: folder, process: process) }
            try replace("file", in: folder)
            #expect(folder.names == ["file"])
        }
    }

    @Test("What a living run writes stays, and so does what is another file's or no file of ours") func living() throws
    {
        try TemporaryFolder.use { folder in
            let partial = try leaveBehind("file", in: folder)
            let descriptor = open(folder.path(partial), O_RDONLY)
            #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            var others = [partial, try leaveBehind("other", in: folder), ".file.1", ".file.partial"]
            for name in others.dropFirst(2) { try folder.write("", to: name) }
            try replace("file", in: folder)
            #expect(Set(folder.names) == Set(others + ["file"]))
            close(descriptor)
            try replace("file", in: folder)
            others.removeFirst()
            #expect(Set(folder.names) == Set(others + ["file"]))
        }
    }

    @Test("Two at once do not take each other's away, and the last one stays") func twoAtOnce() throws {
        try TemporaryFolder.use { folder in
            let (first, second) = (
                try AtomicFile(folder.path("file"), mode: 0o600), try AtomicFile(folder.path("file"), mode: 0o600)
            )
            try first.write(Array("first".utf8))
            try second.write(Array("second".utf8))
            try first.commit()
            #expect(try folder.text("file") == "first")
            try second.commit()
            #expect(try folder.text("file") == "second")
            #expect(folder.names == ["file"])
        }
    }

    @Test("A name of the greatest length has room") func longName() throws {
        try TemporaryFolder.use { folder in
            let name = String(repeating: "n", count: 255)
            try replace(name, in: folder)
            #expect(folder.names == [name])
        }
    }

    @Test("A folder that is not there is named") func noFolder() throws {
        try TemporaryFolder.use { folder in
            let failure = #expect(throws: FileFailure.self) { try AtomicFile(folder.path("none/file"), mode: 0o600) }
            #expect(failure?.description.hasSuffix(" \(folder.path("none"))") == true)
            #expect(failure?.description.contains("install -d -m 700") == true)
        }
    }
}
