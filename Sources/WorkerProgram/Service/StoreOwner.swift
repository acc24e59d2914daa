import Glibc
import Platform
package import Settings

/// Whose a store is. Services, CGI programs and cron jobs must all run as this user.
package struct StoreOwner: Equatable, Sendable {
    /// The user's number.
    package let user: UInt32

    /// The user's name, or `user id 1000`.
    package var name: String { OperatorAccount.name(of: user) }

    /// The owner of a file; of one that does not exist or is out of reach, the owner of its folder. Nil if that is, too.
    package init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 || stat(FilePath.split(path).folder, &status) == 0 else { return nil }
        user = status.st_uid
    }

    /// Why this user must not use these stores; nil if they are all this user's, or are still to be created.
    ///
    /// On a host that many share, the web server's programs and the jobs of cron are often two users. The one could then
    /// not write what the other made.
    ///
    /// - Parameter stores: the path of each, and the setting that names it
    package static func problem(with stores: [(setting: Setting, path: String)], user: UInt32 = geteuid())
        -> SettingsProblem?
    {
        for store in stores {
            guard let owner = StoreOwner(of: store.path), owner.user != user else { continue }
            return SettingsProblem(
                setting: store.setting.name,
                problem:
                    "\(store.path) belongs to \(owner.name), but this program runs as \(OperatorAccount.name(of: user))",
                remedy: "Run sync, serve and CGI programs as one user, and give that user the file and its folder")
        }
        return nil
    }
}
