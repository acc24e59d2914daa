import Platform
package import Sync

extension LogEntry {
    /// The findings of a verification in one stream.
    package init(_ result: VerifyResult) {
        var entry = LogEntry("verified", result.isClean ? .info : .warning).with(result.stream)
            .with("compared", result.compared)
        for kind in DriftKind.allCases { entry = entry.with(kind.rawValue, result.drift[kind] ?? 0) }
        if result.unreadable > 0 { entry = entry.with("unreadable", result.unreadable) }
        if result.unfinished > 0 { entry = entry.with("unfinished", result.unfinished) }
        if result.unconfirmed > 0 { entry = entry.with("unconfirmed", result.unconfirmed) }
        if result.repaired > 0 { entry = entry.with("repaired", result.repaired) }
        self = result.isBraked ? entry.with("braked", Self.brake) : entry
    }

    private static let brake =
        "so many deletions need --allow-mass-deletion: Welkin or the settings may be wrong, check some of them first"
}

/// Stands for an id in the log.
package enum Fingerprint {
    /// Ten hexadecimal digits of a hash.
    package static func text(_ hash: [UInt8]) -> String {
        Hexadecimal.text(hash.prefix(5))
    }
}
