public import DataAPI
internal import Replica

/// Where a pull begins.
public enum PullStart: Hashable, Sendable {
    /// Where the last one ended.
    case cursor
    /// At this instant, unless the cursor is further back.
    case since(Instant)
    /// At the beginning.
    case full

    /// What is then true of a stream.
    func apply(to state: StreamState) -> StreamState {
        switch self {
        case .cursor: state
        case .since(let instant): StreamState(cursor: min(state.cursor ?? instant, instant))
        case .full: StreamState()
        }
    }
}
