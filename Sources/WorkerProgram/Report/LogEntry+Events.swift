package import DataAPI
package import Replica
package import Sync

extension LogEntry {
    /// The stream's resource, and its filter where it has one.
    consuming func with(_ stream: StreamID) -> LogEntry {
        with("resource", stream.resource).with("filter", stream.filter.map { "\($0.name)=\($0.value)" })
    }

    consuming func with(_ counts: CommitCounts) -> LogEntry {
        with("received", counts.received).with("inserted", counts.inserted).with("updated", counts.updated)
            .with("quarantined", counts.quarantined)
    }

    /// What the log says of an event of a run; nil for what is only for progress bars.
    ///
    /// - Parameter counts: what the stream had brought by its end.
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

    /// What the log says of an event of the client; nil for what is only counted.
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
                .with("problem", "Welkin calls this version of its API deprecated: look for a newer welkin-worker")
        case .versionDiscontinued:
            self = LogEntry("api_discontinued", .warning)
                .with("problem", "Welkin calls this version of its API discontinued: a newer welkin-worker is needed")
        }
    }
}
