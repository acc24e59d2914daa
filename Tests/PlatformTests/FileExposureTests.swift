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

    @Test(
        "can be changed by others, or not, whoever owns it", arguments: [geteuid(), geteuid() + 1] as [UInt32])
    func writable(owner: UInt32) {
        for mode in [0o700, 0o755, 0o555] as [UInt32] {
            #expect(!FileExposure.isWritableByOthers(status(mode: mode, owner: owner)))
        }
        for mode in [0o720, 0o702, 0o775, 0o777] as [UInt32] {
            #expect(FileExposure.isWritableByOthers(status(mode: mode, owner: owner)))
        }
    }
}
