package import DataAPI
package import Replica
package import Sync
import Synchronization

/// Reports a run on standard error: bars and sentences on a terminal, lines of text or JSON elsewhere.
package final class Reporter: Sendable {
    /// The form of the report.
    package enum Style: Hashable, Sendable {
        /// For people at a terminal.
        case bars
        case text
        case json
    }

    private struct State {
        var lines: [(stream: StreamID, line: ProgressLine)] = []
        var totals: TotalsLine?
        var screen = Screen()
        /// The keys of sentences to show only once.
        var told: Set<String> = []
    }

    private let state = Mutex(State())
    private let style: Style
    private let isQuiet: Bool
    private let time: TimeSource
    private let output: @Sendable (String) -> Void
    private let width: @Sendable () -> Int
    private let paint: Paint

    /// - Parameters:
    ///   - isQuiet: report only warnings and errors.
    ///   - output: writes a text at once.
    ///   - width: the terminal's current width, in characters.
    package init(
        _ style: Style, isQuiet: Bool = false, time: TimeSource = .system, paint: Paint = .plain,
        output: @escaping @Sendable (String) -> Void, width: @escaping @Sendable () -> Int = { 80 }
    ) {
        self.style = style
        self.isQuiet = isQuiet
        self.time = time
        self.paint = paint
        self.output = output
        self.width = width
    }

    /// Reports an event.
    package func log(_ entry: LogEntry) {
        state.withLock { show(entry, Sentence(entry), &$0) }
    }

    /// Reports an event of the client.
    package func client(_ event: ClientEvent) {
        guard let entry = LogEntry(event) else { return }
        state.withLock { show(entry, Sentence(event) ?? Sentence(entry), &$0) }
    }

    /// Reports a stream's progress.
    package func sync(_ event: SyncEvent) { take(event, isVerify: false) }

    /// The same for a verification, which reports its findings at the end, with figures.
    package func verify(_ event: SyncEvent) { take(event, isVerify: true) }

    private func take(_ event: SyncEvent, isVerify: Bool) {
        state.withLock { state in
            var counts = CommitCounts()
            switch event {
            case .began(let stream, _, _):
                if !state.lines.contains(where: { $0.stream == stream }) {
                    state.lines.append((stream, ProgressLine(stream, start: time.uptime())))
                }
                if style == .bars { return draw(&state) }
                if isVerify { return }
            case .progress(let stream, let progress):
                guard let index = state.lines.firstIndex(where: { $0.stream == stream }) else { return }
                state.lines[index].line.update(progress, at: time.uptime())
                if state.screen.isDue(at: time.uptime()) { draw(&state) }
                return
            case .ended(let stream, let outcome):
                let index = state.lines.firstIndex { $0.stream == stream }
                let line = index.map { state.lines.remove(at: $0).line }
                counts = line?.counts ?? counts
                state.totals?.end(stream, counts)
                if style == .bars { return leave(stream, outcome, line, &state) }
                // Only streams that had begun are reported as stopped.
                if line == nil && outcome == .stopped || isVerify && outcome == .done { return }
            case .clockBehind, .clockAhead, .cursorAhead, .undated, .unfinished, .gaveUp, .difference: break
            }
            if let entry = LogEntry(event, counts: counts) { show(entry, Sentence(event), &state) }
        }
    }

    /// Shows the progress of the whole run while it works; updates the time even if nothing else changes.
    package func watch<Result: Sendable>(
        _ streams: [StreamID], _ work: () async throws -> Result
    ) async rethrows -> Result {
        guard style == .bars, !isQuiet else { return try await work() }
        state.withLock { $0.totals = TotalsLine(streams, start: time.uptime()) }
        let clock = Task {
            while case .some = try? await time.sleep(.seconds(1)) { state.withLock { draw(&$0) } }
        }
        defer {
            clock.cancel()
            state.withLock { state in
                (state.lines, state.totals) = ([], nil)
                draw(&state)
            }
        }
        return try await work()
    }

    /// Ends the report, with a text for people on a terminal and with lines elsewhere.
    ///
    /// - Parameter people: the text for the terminal; a quiet run shows it only if the last entry is above info level.
    package func conclude(_ entries: [LogEntry], people: (_ width: Int, _ paint: Paint) -> String) {
        guard style == .bars else { return entries.forEach(log) }
        guard entries.last?.level != .info || !isQuiet else { return }
        state.withLock { output($0.screen.erase(width: width()) + people(width(), paint)) }
    }

    /// Leaves a finished stream's bar on screen if it brought something, or a line if it failed.
    private func leave(_ stream: StreamID, _ outcome: Outcome, _ line: ProgressLine?, _ state: inout State) {
        guard !isQuiet else { return }
        var text: String?
        switch outcome {
        case .done:
            let counts = line?.counts ?? CommitCounts()
            if counts.inserted + counts.updated + counts.quarantined > 0 {
                text = line?.text(at: time.uptime(), width: width())
            }
        case .failed(let failure):
            text = paint(ProgressLine.failed(stream, failure.code, width: width()), .bad)
        case .stopped, .notBegun: break
        }
        if let text { output(state.screen.erase(width: width()) + text + "\n") }
        draw(&state)
    }

    private func show(_ entry: LogEntry, _ sentence: Sentence?, _ state: inout State) {
        guard entry.level != .info || !isQuiet else { return }
        switch style {
        case .json: output(entry.json(at: time.now()) + "\n")
        // Only programs need `began`; in a log the end says enough.
        case .text: if entry.event != "began" { output(entry.text(at: time.now()) + "\n") }
        case .bars:
            guard let sentence, sentence.once.map({ state.told.insert($0).inserted }) ?? true else { return }
            let text = Paragraph.text(sentence.text, width: width() - 1)
            output(state.screen.erase(width: width()) + paint(text, entry.level.tone))
            draw(&state)
        }
    }

    private func draw(_ state: inout State) {
        guard style == .bars, !isQuiet else { return }
        let (now, width) = (time.uptime(), width())
        let bars = state.lines.map { $0.line.text(at: now, width: width) }
        let totals = state.totals?.text(at: now, running: state.lines.map(\.line), width: width)
        output(state.screen.draw(bars, last: totals, at: now, width: width, paint: paint))
    }
}
