import Glibc
import Platform
import Testing

@Suite("A file that is to be this user's alone")
struct FileExposureTests {
    private func status(mode: UInt32, owner: UInt32 = geteuid()) -> stat {
        var status = stat()
        status.st_mode = mode
        status.st_uid = owner
        return status
    }

    @Test("is, when nobody else has any right on it", arguments: [0o600, 0o400, 0o700] as [UInt32])
    func isPrivate(mode: UInt32) {
        #expect(FileExposure(status(mode: mode)) == nil)
    }

    @Test("is not, with any right of another", arguments: [0o640, 0o604, 0o610, 0o601, 0o620, 0o602] as [UInt32])
    func isOpen(mode: UInt32) {
        #expect(FileExposure(status(mode: mode)) == .openToOthers(mode))
    }

    @Test("is not, when it is somebody else's")
    func owner() {
        #expect(FileExposure(status(mode: 0o600, owner: geteuid() + 1)) == .ownedByOther(geteuid() + 1))
    }

    @Test("may be read by others where that is allowed, and not written")
    func allowed() {
        #expect(FileExposure(status(mode: 0o755), allowing: 0o055) == nil)
        #expect(FileExposure(status(mode: 0o775), allowing: 0o055) == .openToOthers(0o775))
        #expect(FileExposure(status(mode: 0o757), allowing: 0o055) == .openToOthers(0o757))
    }
}
