import DataAPI
import Glibc
import Platform
import TestSupport
import Testing
import WorkerProgram

@Suite("Where output goes") struct OutputTargetTests {
    private func write(_ text: String, to path: String, _ folder: TemporaryFolder) throws {
        let target = try OutputTarget(path, besides: folder.path("r/replica.db"), folder.path("r/journal.db"))
        let file = try OutputFile(target, mode: 0o600)
        try file.write(Array(text.utf8))
        try file.commit()
    }

    private func link(_ name: String, to target: String, _ folder: TemporaryFolder) {
        #expect(symlink(target, folder.path(name)) == 0)
    }

    private func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    @Test("Links are followed to their end, which is replaced, or made") func links() throws {
        try TemporaryFolder.use { folder in
            try folder.write("old", to: "file")
            link("first", to: "second", folder)
            link("second", to: folder.path("file"), folder)
            link("dangling", to: "new", folder)
            try write("new", to: folder.path("first"), folder)
            #expect(try folder.text("file") == "new")
            try write("made", to: folder.path("dangling"), folder)
            #expect(try folder.text("new") == "made")
            #expect(["first", "second", "dangling"].allSatisfy { isLink(folder.path($0)) })
            #expect(folder.names.count == 5)
        }
    }

    @Test("Links in a circle are refused") func circle() throws {
        try TemporaryFolder.use { folder in
            link("one", to: "two", folder)
            link("two", to: "one", folder)
            #expect(throws: OutputTarget.Refusal.links(folder.path("one"))) {
                try write("", to: folder.path("one"), folder)
            }
        }
    }

    @Test("A device stays one") func device() throws {
        try TemporaryFolder.use { folder in
            link("null", to: "/dev/null", folder)
            for path in ["/dev/null", folder.path("null")] { try write("gone", to: path, folder) }
            var status = stat()
            #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
            #expect(throws: FileFailure.self) { try write("too much", to: "/dev/full", folder) }
        }
    }

    @Test("A pipe that somebody reads gets it") func pipe() throws {
        try TemporaryFolder.use { folder in
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let reader = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            try write("through", to: folder.path("pipe"), folder)
            var bytes = [UInt8](repeating: 0, count: 100)
            #expect(read(reader, &bytes, 100) == 7)
            #expect(folder.names == ["pipe"])
        }
    }

    @Test("One of our own streams is written into where it stands, also a file") func ownStream() throws {
        try TemporaryFolder.use { folder in
            let descriptor = open(folder.path("file"), O_WRONLY | O_CREAT, 0o600)
            defer { close(descriptor) }
            #expect(Glibc.write(descriptor, "before ", 7) == 7)
            for path in ["/dev/fd/\(descriptor)", "/proc/self/fd/\(descriptor)"] { try write("it ", to: path, folder) }
            #expect(Glibc.write(descriptor, "after", 5) == 5)
            #expect(try folder.text("file") == "before it it after")
        }
    }

    @Test("A folder and a socket are refused") func others() throws {
        try TemporaryFolder.use { folder in
            #expect(mkdir(folder.path("folder"), 0o700) == 0)
            for path in [folder.path("folder"), folder.path("folder") + "/", folder.path("none") + "/"] {
                #expect(throws: OutputTarget.Refusal.folder(path)) { try write("", to: path, folder) }
            }
            let (path, socket) = (folder.path("s"), Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
            defer { close(socket) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(bound == 0)
            #expect(throws: OutputTarget.Refusal.socket(path)) { try write("", to: path, folder) }
        }
    }

    @Test(
        "The replica and what belongs to it are refused, by every name that leads there",
        arguments: ["", "-wal", "-shm", "-journal", ".lock", ".token"], [true, false])
    func replica(suffix: String, isThere: Bool) throws {
        try TemporaryFolder.use { folder in
            #expect(mkdir(folder.path("r"), 0o700) == 0)
            let name = "r/replica.db" + suffix
            if isThere { try folder.write("of the replica", to: name) }
            link("link", to: name, folder)
            link("folder", to: "r", folder)
            var paths = [name, "link", "folder/replica.db" + suffix, "r/../r//replica.db" + suffix].map(folder.path)
            if isThere {
                #expect(Glibc.link(folder.path(name), folder.path("hard")) == 0)
                paths.append(folder.path("hard"))
                let descriptor = open(folder.path(name), O_WRONLY)
                paths.append("/dev/fd/\(descriptor)")
            }
            for path in paths {
                #expect(throws: OutputTarget.Refusal.replica(path)) { try write("", to: path, folder) }
            }
            if isThere { #expect(try folder.text(name) == "of the replica") }
            // The twin: what only lies beside it.
            try write("mine", to: folder.path("r/replica.db.csv"), folder)
            #expect(try folder.text("r/replica.db.csv") == "mine")
        }
    }

    @Test("The mode is the one that was asked for, whatever the umask", arguments: [0o600, 0o644] as [UInt32])
    func mode(mode: UInt32) async throws {
        // A process of its own: the umask is all threads'.
        await #expect(processExitsWith: .success) { [mode = mode as UInt32] in
            umask(mode == 0o600 ? 0 : 0o077)
            try TemporaryFolder.use { folder in
                let file = try AtomicFile(folder.path("file"), mode: mode)
                try file.commit()
                var status = stat()
                guard stat(folder.path("file"), &status) == 0, status.st_mode & 0o777 == mode else { exit(1) }
            }
        }
    }
}
