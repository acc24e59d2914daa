package import DataAPI
import Platform
package import Replica
package import Sync

extension LogEntry {
    /// The stream's resource, and its filter if it has one.
    consuming func with(_ stream: StreamID) -> LogEntry {
        with("resource", stream.resource).with("filter", stream.filter.map { "\($0.name)=\($0.value)" })
    }

    consuming func with(_ counts: CommitCounts) -> LogEntry {
        with("received", counts.received).with("inserted", counts.inserted).with("updated", counts.updated)
            .with("quarantined", counts.quarantined)
    }

    /// The log entry for an event of a run; nil for events that only progress bars show.
    ///
    /// - Parameter counts: the records of the stream when it ended.
    package init?(_ event: SyncEvent, counts: CommitCounts = CommitCounts()) {
        switch event {
        case .began(let stream, let window, let isResumed):
            self = LogEntry("began").with(stream).with("from", window.from?.description)
                .with("to", window.to.description).with("resumed", isResumed ? "yes" : nil)
        case .clockBehind(let stream, let time):
            self = LogEntry("clock_behind", .warning).with(stream).with("seconds", Int(time.components.seconds))
        case .clockAhead(let stream, let time):
            self = LogEntry("clock_ahead", .warning).with(stream).with("seconds", Int(time.components.seconds))
        case .cursorAhead(let stream, let time):
            self = LogEntry("cursor_ahead", .warning).with(stream).with("seconds", Int(time.components.seconds))
        case .undated(let stream): self = LogEntry("undated", .warning).with(stream)
        case .unfinished(let stream, let instant):
            self = LogEntry("unfinished", .warning).with(stream).with("instant", instant.description)
        case .gaveUp(let failure):
            self = LogEntry("gave_up", .error).with("code", failure.code).with("problem", failure.description)
        case .progress: return nil
        case .difference(let stream, let kind, let fingerprint):
            self = LogEntry("difference", .warning).with(stream).with("kind", kind.rawValue).with("record", fingerprint)
        case .ended(let stream, .done): self = LogEntry("done").with(stream).with(counts)
        case .ended(let stream, .stopped): self = LogEntry("stopped", .warning).with(stream).with(counts)
        case .ended(_, .notBegun): return nil
        case .ended(let stream, .failed(let failure)):
            self = LogEntry("failed", .error).with(stream).with("code", failure.code)
                .with("problem", failure.description).with(counts)
        }
    }

    /// The log entry for an event of the client; nil for events that are only counted.
    package init?(_ event: ClientEvent) {
        switch event {
        case .answered, .tokenRenewed: return nil
        case .retrying(let resource, let error, let delay):
            let (seconds, attoseconds) = delay.components
            self = LogEntry("retrying").with("resource", resource ?? "token")
                .with("problem", error.description)
                .with("milliseconds", Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000))
        case .tokenStoreFailed(let problem): self = LogEntry("token_store", .warning).with("problem", problem)
        case .versionDeprecated:
            self = LogEntry("api_deprecated", .warning)
                .with("problem", "Welkin has deprecated this version of its API: look for a newer welkin-worker")
        case .versionDiscontinued:
            self = LogEntry("api_discontinued", .warning)
                .with("problem", "Welkin has discontinued this version of its API: install a newer welkin-worker")
        }
    }
}

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
