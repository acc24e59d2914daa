package import Glibc

/// Why a file or folder is not exclusively this user's.
package enum FileExposure: Hashable, Sendable {
    case ownedByOther(UInt32)
    /// With its mode.
    case openToOthers(UInt32)

    /// Nil when it is exclusively this user's.
    ///
    /// - Parameter allowed: what others may still do: nothing if the contents are secret, `0o055` if they only must
    ///   not be changed.
    package init?(_ status: stat, allowing allowed: UInt32 = 0) {
        if status.st_uid != geteuid() {
            self = .ownedByOther(status.st_uid)
        } else if status.st_mode & 0o077 & ~allowed != 0 {
            self = .openToOthers(status.st_mode)
        } else {
            return nil
        }
    }
}
