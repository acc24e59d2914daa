import CLinux
import Glibc
import Platform

/// The kind of file system that a folder is on.
///
/// SQLite's write-ahead log needs reliable locks and memory that the processes of one machine share
/// ("Write-Ahead Logging", sqlite.org/wal.html: not over a network file system).
package struct FileSystem {
    /// As `statfs` gives it (linux/magic.h).
    package let magic: UInt32
    /// Of FUSE, as /proc/self/mountinfo names it, such as `fuse.sshfs`; nil if it is not listed there.
    package let type: String?

    /// A name if several machines can write to it, or if it may forward to such a file system. An
    /// unknown one counts as local.
    package var networkType: String? {
        if let remote = Self.remote.first(where: { $0.magic == magic }) { return remote.name }
        guard magic == Self.fuse else { return nil }
        // FUSE mostly hides a network; these are a local disk and a container's own root.
        let local = ["fuseblk", "fuse.fuse-overlayfs"]
        return type.map(local.contains) == true ? nil : type ?? "fuse"
    }

    package static let fuse: UInt32 = 0x6573_5546

    package init(magic: UInt32, type: String?) {
        self.magic = magic
        self.type = type
    }

    private static let remote: [(magic: UInt32, name: String)] = [
        (0x6969, "nfs"), (0x517B, "smb"), (0xFF53_4D42, "cifs"), (0xFE53_4D42, "smb2"), (0x0102_1997, "9p"),
        (0x5346_414F, "afs"), (0x6B41_4653, "kafs"), (0x00C3_6400, "ceph"), (0x7375_7245, "coda"), (0x564C, "ncp"),
        (0x0116_1970, "gfs2"), (0x7461_636F, "ocfs2"), (0x0BD0_0BD0, "lustre"), (0x4750_4653, "gpfs"),
        (0xAAD7_AAEA, "panfs"), (0x1983_0326, "beegfs"), (0x786F_4256, "vboxsf"), (0xBACB_ACBC, "vmhgfs"),
        (0x7C7C_6673, "prl_fs"),
    ]
}

extension FileSystem {
    /// Inspects the file system that a folder is on.
    package init(of folder: String) throws(StoreFileError) {
        var status = statfs()
        guard unsafe statfs(folder, &status) == 0 else {
            throw StoreFileError.system(call: "statfs", path: folder, code: errno)
        }
        let magic = UInt32(truncatingIfNeeded: status.f_type)
        // To look for it costs a CGI program a fifth of a millisecond with each request.
        self.init(magic: magic, type: magic == Self.fuse ? try Self.type(of: folder) : nil)
    }

    private static func type(of folder: String) throws(StoreFileError) -> String? {
        var file = stat()
        guard unsafe stat(folder, &file) == 0 else {
            throw StoreFileError.system(call: "stat", path: folder, code: errno)
        }
        let device = "\(gnu_dev_major(file.st_dev)):\(gnu_dev_minor(file.st_dev))"
        let mounts = (try? Descriptor.readFile("/proc/self/mountinfo")) ?? []
        return type(ofDevice: device, in: String(decoding: mounts, as: UTF8.self))
    }

    /// The type of a device's mount: "36 35 98:0 /root /mount options optional - TYPE source …"
    /// (proc_pid_mountinfo(5)).
    package static func type(ofDevice device: String, in mountinfo: String) -> String? {
        for line in mountinfo.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-"), dash + 1 < words.count
            else { continue }
            return String(words[dash + 1])
        }
        return nil
    }
}
