package import DataAPI
internal import Replica
package import Sync
internal import Synchronization

/// Tells on standard error what a run does: bars on a terminal, lines of text or JSON elsewhere.
package final class Reporter: Sendable {
    /// How it is told.
    package enum Style: Hashable, Sendable {
        /// For people who watch.
        case bars
        case text
        case json
    }

    private struct State {
        var lines: [(stream: StreamID, line: ProgressLine)] = []
        /// How many lines of the screen hold bars.
        var drawn = 0
        var lastDrawing = Duration.seconds(-1)
    }

    private let state = Mutex(State())
    private let style: Style
    private let isQuiet: Bool
    private let time: TimeSource
    private let output: @Sendable (String) -> Void
    private let width: @Sendable () -> Int

    /// - Parameters:
    ///   - isQuiet: nothing but warnings and errors.
    ///   - output: writes a text at once.
    ///   - width: the terminal's, in characters.
    package init(
        _ style: Style, isQuiet: Bool = false, time: TimeSource = .system,
        output: @escaping @Sendable (String) -> Void, width: @escaping @Sendable () -> Int = { 80 }
    ) {
        self.style = style
        self.isQuiet = isQuiet
        self.time = time
        self.output = output
        self.width = width
    }

    /// Tells of an event.
    package func log(_ entry: LogEntry) {
        state.withLock { show(entry, &$0) }
    }

    /// Tells of the client's doings.
    package func client(_ event: ClientEvent) {
        if let entry = LogEntry(event) { log(entry) }
    }

    /// Tells how a stream goes on.
    package func sync(_ event: SyncEvent) {
        state.withLock { state in
            var counts = CommitCounts()
            switch event {
            case .began(let stream, _, _):
                if !state.lines.contains(where: { $0.stream == stream }) {
                    state.lines.append((stream, ProgressLine(stream, start: time.uptime())))
                }
            case .progress(let stream, let progress):
                guard let index = state.lines.firstIndex(where: { $0.stream == stream }) else { return }
                state.lines[index].line.update(progress, at: time.uptime())
                draw(&state, isForced: false)
            case .ended(let stream, let outcome):
                if let index = state.lines.firstIndex(where: { $0.stream == stream }) {
                    let line = state.lines.remove(at: index).line
                    counts = line.counts
                    // On a terminal the bar itself stays, in the place of a line about success.
                    if style == .bars, !isQuiet, outcome == .done {
                        erase(&state)
                        output(line.text(at: time.uptime(), width: width()) + "\n")
                        return draw(&state, isForced: true)
                    }
                }
            case .clockBehind, .clockAhead, .cursorAhead, .undated, .unfinished, .gaveUp, .difference: break
            }
            if let entry = LogEntry(event, counts: counts) { show(entry, &state) }
        }
    }

    private func show(_ entry: LogEntry, _ state: inout State) {
        guard entry.level != .info || !isQuiet else { return }
        // For programs; people see the bar, and in a log the end says enough.
        if style != .json, entry.event == "began" { return draw(&state, isForced: true) }
        erase(&state)
        output((style == .json ? entry.json(at: time.now()) : entry.text(at: time.now())) + "\n")
        draw(&state, isForced: true)
    }

    /// Takes the bars off the screen, so that a line can go where they were.
    private func erase(_ state: inout State) {
        guard state.drawn > 0 else { return }
        output("\u{1B}[\(state.drawn)A\u{1B}[J")
        state.drawn = 0
    }

    /// At most ten times a second, unless a line was written.
    private func draw(_ state: inout State, isForced: Bool) {
        guard style == .bars, !isQuiet else { return }
        let now = time.uptime()
        guard isForced || now - state.lastDrawing >= .milliseconds(100) else { return }
        erase(&state)
        output(state.lines.map { $0.line.text(at: now, width: width()) + "\n" }.joined())
        state.drawn = state.lines.count
        state.lastDrawing = now
    }
}
