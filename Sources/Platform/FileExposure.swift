package import Glibc

/// Why a file or folder is not exclusively this user's.
package enum FileExposure: Hashable, Sendable {
    case ownedByOther(UInt32)
    /// With its mode.
    case openToOthers(UInt32)

    /// Nil when it is exclusively this user's: nobody else owns it, or has any right on it.
    package init?(_ status: stat) {
        if status.st_uid != geteuid() {
            self = .ownedByOther(status.st_uid)
        } else if status.st_mode & 0o077 != 0 {
            self = .openToOthers(status.st_mode)
        } else {
            return nil
        }
    }

    /// Whether others than its owner, whoever that is, can change it.
    package static func isWritableByOthers(_ status: stat) -> Bool { status.st_mode & (S_IWGRP | S_IWOTH) != 0 }
}
