import StoreFiles
import TestSupport
import Testing

@Suite("Network file systems")
struct FileSystemTests {
    @Test(
        "Are told from local ones by their number and, behind FUSE, by their name",
        arguments: [
            (UInt32(0x6969), String?("nfs4"), String?("nfs")),
            (0xFF53_4D42, "cifs", "cifs"),
            (0xFE53_4D42, nil, "smb2"),
            (0x0102_1997, "9p", "9p"),
            (0x00C3_6400, nil, "ceph"),
            (FileSystem.fuse, "fuse.sshfs", "fuse.sshfs"),
            (FileSystem.fuse, "virtiofs", "virtiofs"),
            (FileSystem.fuse, nil, "fuse"),
            (FileSystem.fuse, "fuseblk", nil),
            (FileSystem.fuse, "fuse.fuse-overlayfs", nil),
            (0xEF53, "ext4", nil),
            (0x0102_1994, "tmpfs", nil),
            (0x794C_7630, "overlay", nil),
            (0x5846_5342, "xfs", nil),
            (0x9123_683E, "btrfs", nil),
        ])
    func kinds(magic: UInt32, type: String?, network: String?) {
        #expect(FileSystem(magic: magic, type: type).networkType == network)
    }

    @Test("The type of a mount is found by its device")
    func mountinfo() {
        let text = """
            24 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            36 24 0:31 / /mnt/far rw,nosuid shared:15 master:1 - fuse.sshfs me@host:/ rw,user_id=0
            """
        #expect(FileSystem.type(ofDevice: "0:31", in: text) == "fuse.sshfs")
        #expect(FileSystem.type(ofDevice: "254:0", in: text) == "ext4")
        #expect(FileSystem.type(ofDevice: "0:32", in: text) == nil)
    }

    @Test("A local folder is local")
    func local() throws {
        let folder = try TemporaryFolder()
        #expect(try FileSystem(of: folder.path).networkType == nil)
    }
}
