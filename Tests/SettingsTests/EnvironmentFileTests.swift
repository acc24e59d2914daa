import Glibc
import Settings
import TestSupport
import Testing

@Suite("NAME=VALUE lines")
struct EnvironmentFileTests {
    @Test(
        "What systemd reads is read with the same value",
        arguments: [
            (#"A="kT9\vQ2xw7""#, #"kT9\vQ2xw7"#),
            (#"A=kT9\vQ2xw7"#, "kT9vQ2xw7"),
            (#"A='kT9\vQ2xw7'"#, #"kT9\vQ2xw7"#),
            (#"A="\"\\\`\$\n""#, #""\`$\n"#),
            ("A=a\\\nb", "ab"),
            ("A=\"a\\\nb\"", "ab"),
            (#"A="a"tail"#, "atail"),
            (#"A="a" 'b'"#, "ab"),
            (#"A=a "b""#, #"a "b""#),
            ("A = b # c ", "b # c"),
            ("\t A=b\r\n\r\n", "b"),
            ("A=", ""),
            ("A=b\\ \n", "b "),
            ("A=' b '", " b "),
            ("A=1\nA=2", "2"),
            ("A=b\n# \\c\n;\n", "b"),
            ("A=\"one\ntwo\"", "one\ntwo"),
        ])
    func read(_ text: String, _ value: String) {
        let file = EnvironmentFile(text)
        #expect(file.values == ["A": value] && file.problems.isEmpty)
        if let systemd = Systemd.shared { #expect(systemd.load(text) == ["A": value]) }
    }

    @Test(
        "What it would drop in silence, or few people mean, is refused with the line's number",
        arguments: [
            ("A\n", 1, "is not NAME=VALUE"),
            ("B=1\nexport A=b", 2, "is not NAME=VALUE"),
            ("\n=b", 2, "is not NAME=VALUE"),
            ("1A=b", 1, "is not NAME=VALUE"),
            ("A-B=b", 1, "is not NAME=VALUE"),
            ("\u{FEFF}A=b", 1, "begins with a byte order mark"),
            ("\u{FEFF}# a comment", 1, "begins with a byte order mark"),
            ("B=1\r\nA=\"b\n", 2, "has quotes that are never closed"),
            ("B=1\nA='b\nC=2\n", 2, "has quotes that are never closed"),
            ("A=b\\", 1, "ends in a backslash"),
            ("A=\"b\\", 1, "ends in a backslash"),
            ("A=a\u{1}b", 1, "has a control character in its value"),
            ("A=a\u{7F}b", 1, "has a control character in its value"),
            ("A='a\r\nb'", 1, "has a control character in its value"),
            ("# C:\\\nA=b", 1, "is a comment that ends in a backslash"),
            ("WELKIN_A='b\nB=c'", 1, "has quotes that continue past the end of the line"),
            ("A=\"b\nWELKIN_PROVIDER_ID=p\nB=\"c", 1, "has quotes that continue past the end of the line"),
        ])
    func refused(_ text: String, _ line: Int, _ problem: String) {
        let file = EnvironmentFile(text)
        #expect(file.problems.map(\.line) == [line])
        #expect(file.problems.first?.problem.contains(problem) == true)
    }

    @Test("A name that stands twice is told with its lines")
    func repeated() {
        let file = EnvironmentFile("A=1\nB=2\n\nA=3\r\nA=4\nC=5")
        #expect(file.values == ["A": "4", "B": "2", "C": "5"] && file.repeated == ["A": [1, 4, 5]])
    }

    /// From an alphabet of everything that means something, so that most files have several of it.
    @Test("A thousand random files give systemd's values, or are refused", .enabled(if: Systemd.shared != nil))
    func differential() throws {
        let systemd = try #require(Systemd.shared)
        let pieces = [
            "A", "B", "_1", "=", "=", "=", " ", "\t", "\n", "\n", "\r\n", "\r", "\"", "'", "\\", "#", ";", "$", "`",
            "é",
        ]
        var read = 0
        for _ in 0..<1000 {
            let text = (0..<Int.random(in: 1...24)).map { _ in pieces.randomElement()! }.joined()
            let file = EnvironmentFile(text)
            guard file.problems.isEmpty else { continue }
            read += 1
            #expect(systemd.load(text) == file.values, "\(text.debugDescription)")
        }
        #expect(read > 50)
    }
}

/// systemd's own reader, in the library that its programs share (Debian: libsystemd-shared).
private struct Systemd {
    private typealias Load =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<CChar>?,
            UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
        ) -> Int32
    private let loadFile: Load

    static let shared = Systemd()

    private init?() {
        let folder = "/usr/lib/\(Self.machine)-linux-gnu/systemd"
        guard let library = unsafe dlopen("\(folder)/libsystemd-shared-252.so", RTLD_NOW),
            let symbol = unsafe dlsym(library, "load_env_file")
        else { return nil }
        loadFile = unsafe unsafeBitCast(symbol, to: Load.self)
    }

    private static var machine: String {
        #if arch(arm64)
            "aarch64"
        #else
            "x86_64"
        #endif
    }

    /// The values; nil where it refuses the file.
    func load(_ text: String) -> [String: String]? {
        let folder = try? TemporaryFolder()
        guard let folder, let path = try? folder.write("env", text) else { return nil }
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard unsafe loadFile(nil, path, &list) >= 0 else { return nil }
        var values: [String: String] = [:]
        var index = 0
        while let entry = unsafe list?[index] {
            let parts = unsafe String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[String(parts[0])] = String(parts[1])
            index += 1
        }
        return values
    }
}
